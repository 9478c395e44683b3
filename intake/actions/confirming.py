"""What we have on file is held beside what was read, before a person sees it (see `intake.repairing`)."""

from collections.abc import Sequence

from intake import fields, queries, repairing
from intake.actions import directory
from intake.matching import Match, likeliest
from intake.models import Arrival, FieldReading
from intake.repairing import KnownPatient, KnownReferrer
from intake.summary import REQUESTS
from patients.models import Patient


def with_records(rows: Sequence[FieldReading], arrival: Arrival) -> dict[str, str]:
    """Let our records confirm, repair or doubt the values of one paper, whose rows are not saved yet.

    Gives the values as they stand now. Member numbers are sealed: those of the likeliest patient are opened.
    """
    values = {row.key: row.value for row in rows if row.key in fields.BY_KEY and row.value}
    confidences = {row.key: row.confidence for row in rows}
    is_request = rows[0].reading.doc_class in REQUESTS if rows else False
    changes = repairing.with_known(
        values, confidences, _patient(values), _referrer(values, arrival) if is_request else None
    )
    for row in rows:
        if change := changes.get(row.key):
            row.value, row.confidence, row.why = change.value, change.confidence, change.why[:120]
    return values | {key: change.value for key, change in changes.items()}


def _patient(values: dict[str, str]) -> KnownPatient | None:
    likely: list[tuple[Match, Patient]] = queries.likely_patients(values)
    best = likeliest([match for match, _ in likely])
    if best is None:
        return None
    patient = next(patient for match, patient in likely if match is best)
    return KnownPatient(
        given=patient.given_name,
        family=patient.family_name,
        birth_date=patient.birth_date,
        phones=frozenset(
            point.value[-10:] for point in patient.contact_points.all() if point.value.startswith("+1")
        ),
        member_ids=tuple(str(one.member_id) for one in patient.coverages.all() if one.member_id),
    )


def _referrer(values: dict[str, str], arrival: Arrival) -> KnownReferrer | None:
    known = directory.known_referrer(values, arrival.sender)
    if known.practice is None and known.provider is None:
        return None
    office, provider = known.practice, known.provider
    sites = list(office.locations.all()) if office else []
    return KnownReferrer(
        phones=_ten_digits([office.phone if office else "", *(site.phone for site in sites)]),
        faxes=_ten_digits([office.fax if office else "", arrival.from_number, *(site.fax for site in sites)]),
        clinician=provider.full_name if provider else "",
        family=provider.family_name if provider else "",
        npi=provider.npi if provider else "",
        by_npi=known.by_npi,
    )


def _ten_digits(numbers: Sequence[str]) -> frozenset[str]:
    return frozenset(number[2:] for number in numbers if number.startswith("+1"))
