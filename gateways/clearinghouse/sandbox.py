"""The payer of the sandbox page: reads the real 270, answers with real 271 text, keeps both.

The last character of the member number decides, unless a developer at the payer's desk has chosen otherwise:
0 inactive, 9 pends until the desk decides, 8 not found, 7 no answer in time, 6 an answer that is not X12,
any other active. A payer number ending in A wants prior authorizations.
"""

import time
from collections.abc import Iterator

from gateways import GatewayError, GatewayUnavailable, sandbox
from gateways.clearinghouse import Reply
from gateways.clearinghouse.replies import kind_of
from gateways.clearinghouse.x12 import NotX12
from gateways.clearinghouse.x12.eligibility import EligibilityQuestion, build_271, read_270
from gateways.clearinghouse.x12.writer import segment

KIND = "clearinghouse"
DESK = "payer"
"""The sandbox setting that the desk is: one of DESK_CHOICES."""

FOLLOW_THE_MAGIC = "follow-the-magic"
DESK_CHOICES = (FOLLOW_THE_MAGIC, "active", "ended", "not-found", "pending", "timeout", "garbage")
DECISIONS = ("active", "ended", "not-found")
"""What a developer can answer to a question that waits at the desk."""

MAGIC = {"0": "ended", "9": "pending", "8": "not-found", "7": "timeout", "6": "garbage"}
GARBAGE = "<html><body>502 Bad Gateway</body></html>"
PLAN = ("PR", "SANDBOX PPO 1500")


class SandboxPayer:
    """Carries a question to the sandbox payer. A repeated question is the same question, by its trace."""

    def exchange(self, *, transaction: str, payload: str, trace: str, timeout: float = 25.0) -> Reply:
        """Answer as the desk or the member number says, and keep both texts."""
        began = time.monotonic()
        if transaction != "270":
            raise GatewayError(f"The sandbox payer does not answer this kind of question ({transaction}).")
        question = understood(payload)
        asked = {"trace": trace, "member_id": question.member_id, "payer": question.payer_name}
        record = sandbox.keep(
            KIND, {**asked, "question": payload, "answer": "", "outcome": ""}, idempotency_key=trace
        )
        decided = self.poll(trace=trace)
        return decided or respond(record, question, outcome_for(question), began)

    def poll(self, *, trace: str) -> Reply | None:
        """What the desk decided about a question that waited, or None."""
        record = sandbox.find(KIND, trace)
        kept = sandbox.one(KIND, record) if record else None
        if kept is None or kept["outcome"] not in DECISIONS:
            return None
        return Reply(kind_of(kept["answer"]), kept["answer"], 0, kept["id"])


def decide(record: str, outcome: str) -> None:
    """Answer a question that waits at the desk, with one of DECISIONS; a later poll or exchange finds it."""
    kept = sandbox.one(KIND, record)
    if kept is None or outcome not in DECISIONS:
        raise ValueError("There is no such question, or no such answer.")
    sandbox.mark(KIND, record, outcome=outcome, answer=answer(read_270(kept["question"]), outcome))


def waiting() -> list[sandbox.Record]:
    """Questions that wait for the desk, newest first."""
    return [kept for kept in sandbox.kept(KIND) if kept["outcome"] == "pending"]


def understood(payload: str) -> EligibilityQuestion:
    """The question, as far as a payer can read it."""
    try:
        return read_270(payload)
    except (NotX12, ValueError) as trouble:
        raise GatewayError("The payer could not read the question.") from trouble


def outcome_for(question: EligibilityQuestion) -> str:
    """What the desk chose, or what the member number says."""
    chosen = sandbox.setting(DESK, FOLLOW_THE_MAGIC)
    return MAGIC.get(question.member_id[-1:], "active") if chosen == FOLLOW_THE_MAGIC else chosen


def respond(record: str, question: EligibilityQuestion, outcome: str, began: float) -> Reply:
    """Answer now, or not, and keep what was done."""
    text = answer(question, outcome)
    sandbox.mark(KIND, record, outcome=outcome, answer=text)
    if outcome == "timeout":
        raise GatewayUnavailable("The payer did not answer in time.")
    kind = "pending" if outcome == "pending" else kind_of(text)
    return Reply(kind, text, round((time.monotonic() - began) * 1000), record)


def answer(question: EligibilityQuestion, outcome: str) -> str:
    """The text of an answer."""
    if outcome in ("timeout", "pending"):
        return ""
    if outcome == "garbage":
        return GARBAGE
    if outcome == "not-found":
        return build_271(question, rejection="75C")
    return build_271(question, details=list(ended(question) if outcome == "ended" else active(question)))


def ended(question: EligibilityQuestion) -> Iterator[str]:
    """Coverage that ended with last year."""
    last_year = question.service_on.year - 1
    yield segment("DTP", "346", "D8", f"{last_year}0101")
    yield segment("DTP", "347", "D8", f"{last_year}1231")
    yield segment("EB", "6", "IND", "30", *PLAN)


def active(question: EligibilityQuestion) -> Iterator[str]:
    """Coverage with a copay of $50, and $380 left of a deductible of $1,500."""
    auth = "Y" if question.payer_id.endswith("A") else "N"
    in_network = (auth, "Y")
    yield segment("DTP", "346", "D8", f"{question.service_on.year}0101")
    yield segment("EB", "1", "IND", "30", *PLAN)
    yield segment("EB", "B", "IND", "98", PLAN[0], "", "27", "50", "", "", "", *in_network)
    yield segment("EB", "A", "IND", "98", PLAN[0], "", "", "", "0.2", "", "", auth, "N")
    yield segment("EB", "C", "IND", "30", PLAN[0], "", "23", "1500", "", "", "", "", "Y")
    yield segment("EB", "C", "IND", "30", PLAN[0], "", "29", "380", "", "", "", "", "Y")
    yield segment("EB", "G", "IND", "30", PLAN[0], "", "23", "6000", "", "", "", "", "Y")
    yield segment("MSG", "Sandbox payer: no real plan")
