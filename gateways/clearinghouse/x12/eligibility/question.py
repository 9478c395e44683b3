"""The 270: is this person covered, on this day, for these services? 005010X279A1, one patient at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from gateways.clearinghouse.x12.eligibility.dates import read_date
from gateways.clearinghouse.x12.reader import Interchange, Segment, at, read
from gateways.clearinghouse.x12.writer import clean, envelope, segment

GUIDE = "005010X279A1"
LONGEST_NAME, LONGEST_GIVEN_NAME, LONGEST_TRACE = 60, 35, 50


@dataclass(frozen=True)
class EligibilityQuestion:
    """What a payer needs to find a member, and no more: each further field is one more that can mismatch."""

    payer_name: str
    payer_id: str
    provider_name: str
    provider_npi: str
    member_id: str
    given_name: str
    family_name: str
    birth_date: date | None
    sex: str
    service_on: date
    trace: str
    control_number: int
    sender_id: str
    receiver_id: str
    production: bool
    service_types: tuple[str, ...] = ("30",)
    asked_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def build_270(question: EligibilityQuestion) -> str:
    """The text of the question, ready for a clearinghouse."""
    return envelope(
        [*header(question, "13"), *member(question, trace_kind="1"), *asked(question)],
        kind="270",
        group="HS",
        guide=GUIDE,
        sender_id=question.sender_id,
        receiver_id=question.receiver_id,
        control_number=question.control_number,
        at=question.asked_at,
        production=question.production,
    )


def header(question: EligibilityQuestion, purpose: str) -> Iterator[str]:
    """The payer and the provider; the purpose is 13 for a question and 11 for an answer."""
    moment = question.asked_at
    yield segment("BHT", "0022", purpose, trace_of(question), f"{moment:%Y%m%d}", f"{moment:%H%M}")
    yield segment("HL", "1", "", "20", "1")
    yield organization("PR", question.payer_name, "PI", question.payer_id)
    yield segment("HL", "2", "1", "21", "1")
    yield organization("1P", question.provider_name, "XX", question.provider_npi)
    yield segment("HL", "3", "2", "22", "0")


def organization(role: str, name: str, kind: str, identifier: str) -> str:
    """NM1 of a party that is not a person."""
    return segment("NM1", role, "2", name[:LONGEST_NAME], "", "", "", "", kind, identifier)


def member(question: EligibilityQuestion, *, trace_kind: str, rejection: str = "") -> Iterator[str]:
    """The trace and the subscriber; a rejection, when there is one, follows the name."""
    family_name, given_name = question.family_name[:LONGEST_NAME], question.given_name[:LONGEST_GIVEN_NAME]
    yield segment("TRN", trace_kind, trace_of(question), originator(question.sender_id))
    yield segment("NM1", "IL", "1", family_name, given_name, "", "", "", "MI", question.member_id)
    if rejection:
        yield rejection
    born = f"{question.birth_date:%Y%m%d}" if question.birth_date else ""
    # The guide knows F and M here, and an unknown value makes the whole question invalid.
    sex = question.sex if question.sex in ("F", "M") else ""
    if born or sex:
        yield segment("DMG", "D8" if born else "", born, sex)


def asked(question: EligibilityQuestion) -> Iterator[str]:
    """The day and the services asked about."""
    yield segment("DTP", "291", "D8", f"{question.service_on:%Y%m%d}")
    for service_type in question.service_types:
        yield segment("EQ", service_type)


def trace_of(question: EligibilityQuestion) -> str:
    """TRN02, by which the answer finds its question."""
    return question.trace[:LONGEST_TRACE]


def originator(sender_id: str) -> str:
    """TRN03: ten characters, the first a 9 for an identifier that is neither a tax number nor a DUNS."""
    return ("9" + clean(sender_id).replace(" ", "")[:9]).ljust(10, "0")


def read_270(text: str) -> EligibilityQuestion:
    """The question in a 270, as a payer reads it; raises NotX12, or ValueError when there is none in it."""
    for interchange in read(text):
        for transaction in interchange.transactions():
            if transaction.kind == "270":
                return question_in(interchange, transaction.segments)
    raise ValueError("There is no eligibility question (270) in this text.")


def question_in(interchange: Interchange, segments: list[Segment]) -> EligibilityQuestion:
    """The question that a 270 asks."""
    payer, provider = first(segments, "NM1", "PR"), first(segments, "NM1", "1P")
    person, birth = first(segments, "NM1", "IL"), first(segments, "DMG", "D8")
    service_on = read_date(at(first(segments, "DTP", "291"), 3))
    if service_on is None:
        raise ValueError("The eligibility question names no date of service.")
    return EligibilityQuestion(
        payer_name=at(payer, 3),
        payer_id=at(payer, 9),
        provider_name=at(provider, 3),
        provider_npi=at(provider, 9),
        member_id=at(person, 9),
        given_name=at(person, 4),
        family_name=at(person, 3),
        birth_date=read_date(at(birth, 2)),
        sex=at(birth, 3),
        service_on=service_on,
        trace=at(first(segments, "TRN", "1"), 2),
        control_number=int(interchange.control_number),
        sender_id=interchange.sender_id,
        receiver_id=interchange.receiver_id,
        production=interchange.production,
        service_types=tuple(at(found, 1) for found in segments if found[0] == "EQ"),
    )


def first(segments: list[Segment], name: str, qualifier: str) -> Segment:
    """The first segment of a name whose first element is the qualifier, or an empty one."""
    return next((found for found in segments if found[0] == name and at(found, 1) == qualifier), [])
