"""The 271 as a payer writes it: for the sandbox payer and for tests."""

from collections.abc import Sequence

from gateways.clearinghouse.x12.eligibility.question import GUIDE, EligibilityQuestion, header, member
from gateways.clearinghouse.x12.writer import envelope, segment


def build_271(question: EligibilityQuestion, *, details: Sequence[str] = (), rejection: str = "") -> str:
    """The answer to a question. Details are segments about the member: DTP, EB, MSG and so on.

    A rejection is an AAA03 code and AAA04, as in "75C", and comes instead of details.
    """
    refusal = segment("AAA", "N", "", rejection[:2], rejection[2:]) if rejection else ""
    about_member = member(question, trace_kind="2", rejection=refusal)
    return envelope(
        [*header(question, "11"), *about_member, *(() if rejection else details)],
        kind="271",
        group="HB",
        guide=GUIDE,
        sender_id=question.receiver_id,
        receiver_id=question.sender_id,
        control_number=question.control_number,
        at=question.asked_at,
        production=question.production,
    )
