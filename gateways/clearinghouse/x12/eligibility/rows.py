"""The segments of a 271 gathered by the member they speak of and the benefit row (EB) they belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from gateways.clearinghouse.x12.eligibility.answer import Benefit, Rejection
from gateways.clearinghouse.x12.eligibility.codes import FLAGS, KINDS, NETWORKS, PERIODS, Flag
from gateways.clearinghouse.x12.eligibility.refusals import rejection_in
from gateways.clearinghouse.x12.reader import Segment, Transaction, at

LEVELS = {"20": "A", "21": "B", "22": "C", "23": "D"}
"""HL03: payer, provider, subscriber, dependent, and the letter that ends their loops' names."""

REMAINING = ("29", "33")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{0,6})?|-?\.\d{1,6}")


@dataclass(slots=True)
class Row:
    """An EB with the segments that follow it."""

    eb: Segment
    dates: list[Segment] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    parties: list[Segment] = field(default_factory=list)

    @property
    def code(self) -> str:
        """EB01."""
        return at(self.eb, 1)

    @property
    def service_types(self) -> list[str]:
        """EB03."""
        # Some partners announce one character for repetitions and use another, so any divider divides.
        return re.findall(r"[A-Z0-9]+", at(self.eb, 3).upper())

    @property
    def is_whole_plan(self) -> bool:
        """Whether it speaks of the plan and not of some services only."""
        return not self.service_types or "30" in self.service_types

    @property
    def insurance_type(self) -> str:
        """EB04."""
        return at(self.eb, 4)

    @property
    def plan_name(self) -> str:
        """EB05."""
        return at(self.eb, 5)

    @property
    def auth_required(self) -> Flag:
        """EB11."""
        return FLAGS.get(at(self.eb, 11), "unknown")

    @property
    def message(self) -> str:
        """The payer's own words."""
        return " ".join(self.messages)

    def benefits(self) -> Iterator[Benefit]:
        """One statement for each service type of the row."""
        percent = number(at(self.eb, 8))
        for service_type in self.service_types or [""]:
            yield Benefit(
                kind=KINDS.get(self.code, "other"),
                service_type=service_type,
                network=NETWORKS.get(at(self.eb, 12), "unknown"),
                period=PERIODS.get(at(self.eb, 6), ""),
                amount=number(at(self.eb, 7)),
                # The guide writes 20 % as 0.2, and some payers write 20.
                percent=percent * 100 if percent is not None and percent <= 1 else percent,
                remaining=at(self.eb, 6) in REMAINING,
                auth_required=self.auth_required,
                message=self.message,
                level=at(self.eb, 2),
                quantity=number(at(self.eb, 10)),
                procedure=at(self.eb, 13),
            )


@dataclass(slots=True)
class Subject:
    """A member: a subscriber or dependent, with all that is said of them."""

    traces: list[str] = field(default_factory=list)
    member_id: str = ""
    group_number: str = ""
    dates: list[Segment] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def subjects_in(transaction: Transaction) -> list[Subject]:
    """The members of a 271, at least one; a refusal in the payer or provider loops counts for each."""
    gathering = Gathering()
    for segment in transaction.segments:
        gathering.take(segment)
    subjects = gathering.subjects or [Subject()]
    for subject in subjects:
        subject.rejections[:0] = gathering.refusals_of_all
    return subjects


class Gathering:
    """Where in a 271 we are: the level of the hierarchy, whether its party was named, and the row."""

    def __init__(self) -> None:
        self.subjects: list[Subject] = []
        self.refusals_of_all: list[Rejection] = []
        self.level = ""
        self.named = False
        self.row: Row | None = None
        self.steps = {
            "HL": self._descend,
            "TRN": self._trace,
            "NM1": self._name,
            "AAA": self._refuse,
            "EB": self._open_row,
            "MSG": self._message,
            "DTP": self._date,
            "REF": self._number,
        }

    def take(self, segment: Segment) -> None:
        """Put a segment where it belongs."""
        if step := self.steps.get(segment[0]):
            step(segment)

    @property
    def subject(self) -> Subject:
        """The member now spoken of; one that is spoken of before any is announced is announced by that."""
        if not self.subjects:
            self.subjects.append(Subject())
        return self.subjects[-1]

    def _descend(self, segment: Segment) -> None:
        self.level, self.named, self.row = at(segment, 3), False, None
        if self.level in ("22", "23"):
            self.subjects.append(Subject())

    def _trace(self, segment: Segment) -> None:
        if self.level in ("22", "23") and at(segment, 2):
            # Ours comes back as a 2; a clearinghouse adds its own as a 1.
            place = 0 if at(segment, 1) == "2" else len(self.subject.traces)
            self.subject.traces.insert(place, at(segment, 2))

    def _name(self, segment: Segment) -> None:
        if self.row is not None:
            self.row.parties.append(segment)
            return
        self.named = True
        if at(segment, 1) in ("IL", "03") and at(segment, 9):
            self.subject.member_id = at(segment, 9)

    def _refuse(self, segment: Segment) -> None:
        place = "2110" if self.row is not None else "2100" if self.named else "2000"
        rejection = rejection_in(segment, place + LEVELS.get(self.level, ""))
        of_one = self.level in ("22", "23")
        (self.subject.rejections if of_one else self.refusals_of_all).append(rejection)

    def _open_row(self, segment: Segment) -> None:
        self.row = Row(segment)
        self.subject.rows.append(self.row)

    def _message(self, segment: Segment) -> None:
        if self.row is not None:
            self.row.messages.append(at(segment, 1))

    def _date(self, segment: Segment) -> None:
        (self.row.dates if self.row is not None else self.subject.dates).append(segment)

    def _number(self, segment: Segment) -> None:
        if self.row is None and at(segment, 1) in ("6P", "18"):
            self.subject.group_number = self.subject.group_number or at(segment, 2)


def number(text: str) -> Decimal | None:
    """A decimal number of a sane size, or None: payers send words and blanks too."""
    return Decimal(text) if NUMBER.fullmatch(text) else None
