"""Somebody to compare with, and records of the same person that differ in one thing."""

from dataclasses import replace

from patients.matching import Person

MARIA = Person(
    given_name="Maria",
    family_name="Delgado",
    birth_date="1986-03-12",
    sex="F",
    street_number="418",
    street="Oak Street",
    city="Springfield",
    postal_code="62704",
    state="IL",
    phones=frozenset({"2175550142"}),
    member_ids=frozenset({"W123456789"}),
)


def like(person=MARIA, **changes):
    return replace(person, **changes)
