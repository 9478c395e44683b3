"""Why a referral is lost: the standard codes, where each applies, whose doing it was, how it counts. Pure.

A practice may relabel a code, never change what it means. That a code knows where it may be used, and whose
doing it is, is how the NHS e-Referral Service models its reasons.
"""

from dataclasses import dataclass
from enum import StrEnum

from referrals.lifecycle import Stage


class CountsAs(StrEnum):
    """What a code does to the leakage figure."""

    LEAK = "leak"
    NETWORK_LEAK = "network leak"
    LOOP_LEAK = "loop leak"
    NEUTRAL = "neutral"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class LeakCode:
    """One reason. `stages` are those from which a person may give it; none when only the system notices."""

    code: str
    meaning: str
    stages: frozenset[Stage]
    who: str
    counts_as: CountsAs
    preventable: str = "partly"


S, C = Stage, CountsAs
IN_REVIEW = frozenset({S.RECEIVED, S.INFO_REQUESTED, S.DECLINED})
CLEARING = frozenset({S.ACCEPTED})
REACHING = frozenset({S.ACCEPTED, S.SCHEDULED})
BEFORE_VISIT = IN_REVIEW | REACHING | {S.SENT}
UNSEEN: frozenset[Stage] = frozenset()

_ROWS = [
    LeakCode("L0-UNREAD", "Never opened", UNSEEN, "receiver", C.LEAK, "yes"),
    LeakCode("L0-ILLEGIBLE", "Unreadable, and the sender could not be asked", UNSEEN, "referrer", C.LEAK),
    LeakCode("L0-MISFILED", "Filed to the wrong patient or queue", UNSEEN, "receiver", C.LEAK, "yes"),
    LeakCode("L1-ABANDONED", "Draft never sent", UNSEEN, "referrer", C.LEAK, "yes"),
    LeakCode("L2-UNDELIVERED", "Could not be delivered", frozenset({S.SENT}), "system", C.LEAK, "yes"),
    LeakCode("L2-NO-ACK", "Other office never confirmed it", frozenset({S.SENT}), "receiver", C.LEAK, "yes"),
    LeakCode("L3-INCOMPLETE", "Missing information never came", IN_REVIEW, "referrer", C.LEAK, "yes"),
    LeakCode("L3-WRONG-SPECIALTY", "Wrong specialty", IN_REVIEW, "referrer", C.LEAK, "yes"),
    LeakCode("L3-CAPACITY", "No capacity", IN_REVIEW, "receiver", C.LEAK),
    LeakCode("L3-CRITERIA", "Does not meet the acceptance criteria", IN_REVIEW, "receiver", C.LEAK),
    LeakCode("L3-DUPLICATE", "Already referred", IN_REVIEW | CLEARING, "referrer", C.EXCLUDED, "yes"),
    LeakCode("L3-ADVICE", "Advice given, no visit needed", IN_REVIEW, "receiver", C.NEUTRAL, "no"),
    LeakCode("L3-BOUNCED", "Sent on more than twice", IN_REVIEW | {S.SENT}, "both", C.LEAK, "yes"),
    LeakCode("L4-INACTIVE", "Coverage not active", CLEARING, "patient", C.LEAK),
    LeakCode("L4-OON", "Plan not accepted, or out of network", CLEARING, "payer", C.NETWORK_LEAK),
    LeakCode("L4-NO-REFERRAL-NUM", "HMO referral number missing", CLEARING, "referrer", C.LEAK, "yes"),
    LeakCode("L4-AUTH-DENIED", "Authorization denied", REACHING, "payer", C.LEAK),
    LeakCode("L4-AUTH-LATE", "Authorization not back in time", REACHING, "payer", C.LEAK),
    LeakCode("L4-AUTH-EXPIRED", "Authorization ran out", REACHING, "receiver", C.LEAK, "yes"),
    LeakCode("L4-COST", "Patient declined for the cost", REACHING, "patient", C.LEAK),
    LeakCode("L5-NO-CONTACT", "Nobody tried to reach the patient", REACHING, "receiver", C.LEAK, "yes"),
    LeakCode("L5-UNREACHABLE", "Patient could not be reached", REACHING, "patient", C.LEAK),
    LeakCode("L5-BAD-CONTACT", "Wrong or missing phone and e-mail", REACHING, "referrer", C.LEAK, "yes"),
    LeakCode("L5-OPTED-OUT", "Opted out of messages, not called", REACHING, "receiver", C.LEAK, "yes"),
    LeakCode("L5-DECLINED", "Patient does not want the visit", BEFORE_VISIT, "patient", C.LEAK),
    LeakCode("L5-RESOLVED", "Problem resolved", BEFORE_VISIT, "patient", C.NEUTRAL, "no"),
    LeakCode("L5-ELSEWHERE-IN", "Seen elsewhere in the network", BEFORE_VISIT, "patient", C.NEUTRAL, "no"),
    LeakCode("L5-ELSEWHERE-OUT", "Seen elsewhere, out of network", BEFORE_VISIT, "patient", C.NETWORK_LEAK),
    LeakCode("L5-WAIT-TOO-LONG", "The wait was too long", BEFORE_VISIT, "receiver", C.LEAK, "yes"),
    LeakCode("L5-DISTANCE", "Too far away", REACHING, "patient", C.LEAK),
    LeakCode("L5-TRANSPORT", "No way to get here", REACHING, "patient", C.LEAK),
    LeakCode("L5-LANGUAGE", "Language", REACHING, "patient", C.LEAK),
    LeakCode("L5-TIME", "No time for the visit", REACHING, "patient", C.LEAK),
    LeakCode("L6-NO-SHOW", "Did not come, and was not recovered", REACHING, "patient", C.LEAK),
    LeakCode("L6-CANCEL-PT", "Patient cancelled and did not rebook", REACHING, "patient", C.LEAK),
    LeakCode("L6-CANCEL-CLINIC", "We cancelled and did not rebook", REACHING, "receiver", C.LEAK, "yes"),
    LeakCode("L7-NO-REPORT", "Seen, no report", UNSEEN, "receiver", C.LOOP_LEAK, "yes"),
    LeakCode("L7-REPORT-LOST", "Report sent, never matched", UNSEEN, "system", C.LOOP_LEAK, "yes"),
    LeakCode("L8-UNREAD", "Report never read", UNSEEN, "referrer", C.LOOP_LEAK, "yes"),
    LeakCode("L8-PT-NOT-TOLD", "Patient never told the plan", UNSEEN, "referrer", C.LOOP_LEAK, "yes"),
    LeakCode("X-DIED", "Patient died", BEFORE_VISIT, "nobody", C.EXCLUDED, "no"),
    LeakCode("X-ERROR", "Raised in error", BEFORE_VISIT, "nobody", C.EXCLUDED, "no"),
    LeakCode("X-MOVED", "Patient moved away", BEFORE_VISIT, "nobody", C.EXCLUDED, "no"),
    LeakCode("X-ADMITTED", "Admitted, or more urgent care", BEFORE_VISIT, "nobody", C.EXCLUDED, "no"),
    LeakCode("X-TEST", "Test record", BEFORE_VISIT, "nobody", C.EXCLUDED, "no"),
]
LEAK_CODES = {row.code: row for row in _ROWS}


def codes_for(stage: Stage) -> list[LeakCode]:
    """The reasons a person may give for losing a referral that is at this stage, in the table's order."""
    return [row for row in _ROWS if stage in row.stages]
