"""X12 text to interchanges, groups and transactions (ASC X12.5, X12.6), tolerant of what partners send.

What is odd is read all the same and reported as an Oddity; only text without any readable ISA raises.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from gateways.clearinghouse.x12.delimiters import BLANK, Delimiters, Header, Oddity, decoded, headers

Segment = list[str]
"""A segment's name and its elements, undivided: ["NM1", "1P", "2", ...]."""

MOST_ODDITIES = 200
NAME_LENGTHS = (2, 3)


@dataclass(slots=True)
class Transaction:
    """ST to SE. The guide is the implementation, such as 005010X279A1."""

    kind: str
    control_number: str
    guide: str
    segments: list[Segment] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """GS to GE."""

    kind: str
    control_number: str
    guide: str
    transactions: list[Transaction] = field(default_factory=list)


@dataclass(slots=True)
class Interchange:
    """ISA to IEA; `acknowledgments` are its TA1 segments."""

    delimiters: Delimiters
    sender_id: str
    receiver_id: str
    control_number: str
    version: str
    production: bool
    groups: list[Group] = field(default_factory=list)
    acknowledgments: list[Segment] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    def transactions(self) -> Iterator[Transaction]:
        """All transactions, in the order they came."""
        return (transaction for group in self.groups for transaction in group.transactions)


def read(text: str | bytes) -> list[Interchange]:
    """The interchanges in a text; raises NotX12 when there is none, and nothing else on any input."""
    if isinstance(text, bytes):
        text = decoded(text)
    return [Walk(header).through(body) for header, body in headers(text)]


def at(segment: Segment, position: int) -> str:
    """The element at a position, 1 for the first after the name; empty where the segment is shorter."""
    return segment[position] if position < len(segment) else ""


class Walk:
    """One pass over the segments of an interchange, opening and closing what envelopes say."""

    def __init__(self, header: Header) -> None:
        isa = [element.strip() for element in header.elements]
        self.interchange = Interchange(header.delimiters, isa[6], isa[8], isa[13], isa[12], isa[15] != "T")
        self.interchange.oddities += header.oddities
        self.group: Group | None = None
        self.transaction: Transaction | None = None
        self.number = 1
        self.ended = False
        self.envelope = {
            "GS": self._open_group,
            "ST": self._open_transaction,
            "SE": self._close_transaction,
            "GE": self._close_group,
            "IEA": self._close_interchange,
            "TA1": self.interchange.acknowledgments.append,
        }

    def through(self, body: str) -> Interchange:
        """Read all segments after the ISA."""
        separator, envelope = self.interchange.delimiters.element, self.envelope
        for line in body.split(self.interchange.delimiters.segment):
            stripped = line.strip(BLANK)
            if not stripped:
                continue
            self.number += 1
            segment = stripped.split(separator)
            if step := envelope.get(segment[0]):
                step(segment)
            elif self.transaction is not None:
                self.transaction.segments.append(segment)
                if len(segment[0]) not in NAME_LENGTHS or not segment[0].isalnum():
                    self._note("segment_name", "A segment has no proper name.")
            else:
                self._note("stray_segment", "A segment stands outside of any transaction.")
        self._finish()
        return self.interchange

    def _open_group(self, segment: Segment) -> None:
        self._abandon_transaction()
        if self.group is not None:
            self._note("no_group_trailer", f"Group {self.group.control_number} has no GE.")
        self.group = Group(at(segment, 1), at(segment, 6), at(segment, 8))
        self.interchange.groups.append(self.group)

    def _open_transaction(self, segment: Segment) -> None:
        self._abandon_transaction()
        if self.group is None:
            self._note("no_group", "A transaction stands outside of any group.")
            self.group = Group("", "", "")
            self.interchange.groups.append(self.group)
        guide = at(segment, 3) or self.group.guide
        self.transaction = Transaction(at(segment, 1), at(segment, 2), guide, [segment])
        self.group.transactions.append(self.transaction)

    def _close_transaction(self, segment: Segment) -> None:
        if self.transaction is None:
            self._note("stray_trailer", "An SE closes no transaction.")
            return
        opened, self.transaction = self.transaction, None
        opened.segments.append(segment)
        count, number = len(opened.segments), opened.control_number
        self._compare("segment_count", "SE counts {} segments; there are {}.", at(segment, 1), count)
        self._compare("transaction_number", "SE names transaction {}, ST {}.", at(segment, 2), number)

    def _close_group(self, segment: Segment) -> None:
        self._abandon_transaction()
        if self.group is None:
            self._note("stray_trailer", "A GE closes no group.")
            return
        opened, self.group = self.group, None
        count, number = len(opened.transactions), opened.control_number
        self._compare("transaction_count", "GE counts {} transactions; there are {}.", at(segment, 1), count)
        self._compare("group_number", "GE names group {}, GS {}.", at(segment, 2), number)

    def _close_interchange(self, segment: Segment) -> None:
        self._abandon_transaction()
        self.ended = True
        count, number = len(self.interchange.groups), self.interchange.control_number
        self._compare("group_count", "IEA counts {} groups; there are {}.", at(segment, 1), count)
        self._compare("interchange_number", "IEA names interchange {}, ISA {}.", at(segment, 2), number)

    def _abandon_transaction(self) -> None:
        """Something opens or ends while a transaction is open: it lacks its SE, and may have lost its end."""
        if self.transaction is not None:
            self._note("no_transaction_trailer", f"Transaction {self.transaction.control_number} has no SE.")
            self.transaction = None

    def _finish(self) -> None:
        """Complain about what was never closed."""
        self._abandon_transaction()
        if not self.ended:
            self._note("no_interchange_trailer", "The interchange has no IEA: its end may be missing.")

    def _compare(self, code: str, sentence: str, told: str, found: str | int) -> None:
        """Note a trailer that disagrees with what it closes."""
        expected = str(found)
        if told != expected and not (isinstance(found, int) and told.lstrip("0") == expected.lstrip("0")):
            self._note(code, sentence.format(told[:20], expected[:20]))

    def _note(self, code: str, detail: str) -> None:
        if len(self.interchange.oddities) < MOST_ODDITIES:
            self.interchange.oddities.append(Oddity(code, detail, self.number))
