"""Refusals at all three levels: AAA (the question), 999 (the transaction), TA1 (the interchange)."""

from collections.abc import Iterable, Iterator

from gateways.clearinghouse.x12.eligibility.answer import Rejection
from gateways.clearinghouse.x12.eligibility.codes import (
    ENROLMENT,
    FIELDS,
    FOLLOW_UPS,
    MEANINGS,
    PASSING,
    Desk,
    FollowUp,
)
from gateways.clearinghouse.x12.reader import Interchange, Segment, Transaction, at

ACCEPTED = ("A", "E")
"""TA104, IK501 and AK901: taken, and taken with errors noted."""


def rejection_in(aaa: Segment, loop: str) -> Rejection:
    """What an AAA segment means, what comes next, and who acts."""
    code = at(aaa, 3)
    follow_up = follow_up_of(code, at(aaa, 4))
    meaning = MEANINGS.get(code, f"The payer refused the question (code {code}).")
    return Rejection(loop, code, meaning, follow_up, desk_of(code, follow_up), FIELDS.get(code, ""))


def follow_up_of(code: str, told: str) -> FollowUp:
    """What comes next. A payer in trouble says "correct" too, where only time helps."""
    follow_up = FOLLOW_UPS.get(told, "correct")
    return "retry" if code in PASSING and follow_up in ("correct", "stop") else follow_up


def desk_of(code: str, follow_up: FollowUp) -> Desk:
    """Who acts on a refusal: nobody while the program asks again or waits by itself."""
    if code in ENROLMENT:
        return "administrator"
    return "front_desk" if follow_up in ("correct", "stop") else "nobody"


def refusals_of_transport(interchanges: Iterable[Interchange]) -> tuple[tuple[Rejection, ...], bool]:
    """Refusals by TA1 and 999, and whether anything was taken."""
    verdicts = [verdict for interchange in interchanges for verdict in verdicts_in(interchange)]
    refused = tuple(refusal(loop, code) for loop, verdict, code in verdicts if verdict not in ACCEPTED)
    return refused, any(verdict in ACCEPTED for _, verdict, _ in verdicts)


def verdicts_in(interchange: Interchange) -> Iterator[tuple[str, str, str]]:
    """Level, verdict and code of each acknowledgment."""
    for ta1 in interchange.acknowledgments:
        yield "TA1", at(ta1, 4), at(ta1, 5)
    for transaction in interchange.transactions():
        if transaction.kind == "999":
            yield verdict_of(transaction)


def verdict_of(transaction: Transaction) -> tuple[str, str, str]:
    """A 999's verdict: that on our one transaction (IK5) where it is given, else that on the group (AK9)."""
    named = {segment[0]: segment for segment in transaction.segments}
    verdict = named.get("IK5") or named.get("AK9") or []
    return "999", at(verdict, 1), at(verdict, 2) if verdict[:1] == ["IK5"] else ""


def refusal(loop: str, code: str) -> Rejection:
    """A message that was not understood is ours to mend, whatever its code."""
    level = "our message" if loop == "TA1" else "the question"
    return Rejection(loop, code, f"The payer could not read {level}.", "stop", "administrator")
