"""The earlier fax that another one repeats, and in what they differ: read across their pages and papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from django.db.models import Q

from intake import fields
from intake.fingerprints import ALIKE, likeness
from intake.likenesses import Person, Values, compared, person
from intake.models import LINES, Arrival, Page, Reading

WITHIN = timedelta(days=30)
MOST_COMPARED = 300  # earlier faxes; a busy sender's month
NAMES_NOBODY = {"junk", "confirmation"}
HEADER = 0.045  # of the height: words of the sending machine's line are no words of the page

Prints = dict[int, str]  # page number: fingerprint
Pairs = list[tuple[int, int]]
Papers = Sequence[tuple[Reading, Values]]


@dataclass(frozen=True)
class Difference:
    """One value that was not read the same on both."""

    label: str
    first: str
    second: str


def earlier_like(arrival: Arrival) -> Arrival | None:
    """The latest fax of the last 30 days, of this sender or patient, all of whose pages come again here."""
    prints = _prints([arrival])[arrival.pk]
    if not prints:
        return None
    earlier = list(_candidates(arrival))
    theirs = _prints(earlier)
    mine = papers_of(arrival)
    for candidate in earlier:
        pairs = paired(prints, theirs[candidate.pk])
        if pairs and _says_the_same(arrival, mine, candidate, pairs):
            return candidate
    return None


def differences(first: Papers, second: Papers) -> list[Difference]:
    """The values that differ between the papers of two faxes, as a person reads them."""
    nothing: Values = {}
    pairs = zip_longest((a for _, a in first), (b for _, b in second), fillvalue=nothing)
    return [
        Difference(field.label, field.show(a.get(field.key, "")), field.show(b.get(field.key, "")))
        for a, b in pairs
        for field in fields.FIELDS
        if a.get(field.key, "") != b.get(field.key, "")
    ]


def papers_of(arrival: Arrival) -> list[tuple[Reading, Values]]:
    """The papers of a fax as they stand, each with its values."""
    papers = Reading.objects.standing().filter(arrival=arrival).prefetch_related("fields")
    return [(paper, {row.key: row.final_value for row in paper.fields.all()}) for paper in papers]


def paired(mine: Prints, theirs: Prints) -> Pairs:
    """Each page with the one that it looks like, when all do: from the first on, or up to the last."""
    if not mine or not theirs:
        return []
    for offset in {0, max(theirs) - max(mine)}:
        pairs = [(number, number + offset) for number in mine]
        if all(likeness(mine[a], theirs.get(b, "")) >= ALIKE for a, b in pairs):
            return pairs
    return []


def _candidates(arrival: Arrival) -> Iterable[Arrival]:
    came = arrival.received_at
    related = Q(summary__startswith=arrival.who + LINES) if arrival.who else Q(pk=None)
    related |= Q(from_number=arrival.from_number) if arrival.from_number else Q(pk=None)
    related |= Q(sender=arrival.sender_id) if arrival.sender_id else Q(pk=None)
    earlier: Iterable[Arrival] = (
        Arrival.objects.filter(related, received_at__gte=came - WITHIN, received_at__lte=came)
        .exclude(pk=arrival.pk)
        .exclude(state__in=[*Arrival.BEING_READ, Arrival.State.DUPLICATE])
        .order_by("-received_at")[:MOST_COMPARED]
    )
    return earlier


def _prints(arrivals: Sequence[Arrival]) -> dict[object, Prints]:
    found: dict[object, Prints] = {arrival.pk: {} for arrival in arrivals}
    rows = Page.objects.filter(arrival__in=arrivals).exclude(fingerprint="")
    for arrival_id, number, fingerprint in rows.values_list("arrival_id", "number", "fingerprint"):
        found[arrival_id][number] = fingerprint
    return found


def _says_the_same(arrival: Arrival, mine: Papers, candidate: Arrival, pairs: Pairs) -> bool:
    theirs = papers_of(candidate)
    if not mine or len(mine) != len(theirs):
        return False
    persons = {person(a, b) for (_, a), (_, b) in zip(mine, theirs, strict=True)}
    if Person.UNKNOWN in persons and not all(
        paper.doc_class in NAMES_NOBODY for paper, _ in (*mine, *theirs)
    ):
        return False
    return Person.OTHER not in persons and compared(_words(arrival, candidate, pairs)).is_enough_for(persons)


def _words(one: Arrival, other: Arrival, pairs: Pairs) -> list[tuple[list[list[object]], list[list[object]]]]:
    mine, theirs = _body_words(one), _body_words(other)
    return [(mine[a], theirs[b]) for a, b in pairs]


def _body_words(arrival: Arrival) -> dict[int, list[list[object]]]:
    rows = Page.objects.filter(arrival=arrival).values_list("number", "height", "words")
    return {number: [w for w in words if w[2] > height * HEADER] for number, height, words in rows}
