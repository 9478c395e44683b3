"""Where referrals end, how often, and the moves that lead there: the shape of the demo's year.

Stages, moves and codes are those of the lifecycle. A way is written for the receiving side, which begins with
`receive`; the sending side's begins with `create send acknowledge` instead.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Ending:
    """A stage to end in, its weight, the moves up to it, and how many working days ago the last one was."""

    stage: str
    weight: float
    way: str
    latest: int
    earliest: int
    code: str = ""

    @property
    def left_at(self) -> str:
        """The stage the referral was in before it was declined, resolved, cancelled or lost."""
        return REACHED_BY[self.way.split()[-2]] if self.code else ""

    @property
    def only_sender(self) -> bool:
        """Whether only the sending side has referrals like this one."""
        return not self.way.startswith("receive")

    def moves(self, *, outbound: bool) -> list[str]:
        """The moves of one side, in order."""
        return (self.way.replace("receive", "create send acknowledge") if outbound else self.way).split()


REACHED_BY = {
    "create": "draft",
    "send": "sent",
    "receive": "received",
    "acknowledge": "received",
    "answer": "received",
    "ask": "info_requested",
    "accept": "accepted",
    "no_show": "accepted",
    "cancel_appointment": "accepted",
    "schedule": "scheduled",
    "record_visit": "seen",
    "report": "reported",
    "acknowledge_report": "closed",
    "decline": "declined",
    "advise": "resolved",
    "resolve": "resolved",
    "cancel": "cancelled",
    "lose": "lost",
}

# Working days that pass before a move: shortest and longest; urgent and stat referrals wait half as long.
WAITS = {
    "create": (0, 0),
    "receive": (0, 0),
    "send": (0, 2),
    "acknowledge": (0, 1),
    "ask": (0, 2),
    "answer": (1, 6),
    "accept": (0, 2),
    "decline": (0, 3),
    "advise": (1, 3),
    "schedule": (1, 8),
    "cancel_appointment": (1, 4),
    "no_show": (3, 16),
    "record_visit": (3, 18),
    "report": (1, 9),
    "acknowledge_report": (1, 10),
    "resolve": (1, 10),
    "cancel": (1, 12),
    "lose": (10, 30),
}

_BOOKED = "receive accept schedule"
_SEEN = f"{_BOOKED} record_visit"
_MISSED = f"{_BOOKED} no_show"
ENDINGS = (
    Ending("draft", 5, "create", 1, 8),
    Ending("sent", 5, "create send", 1, 4),
    Ending("received", 9, "receive", 1, 4),
    Ending("received", 2, "receive ask answer", 1, 2),
    Ending("info_requested", 6, "receive ask", 1, 9),
    Ending("accepted", 12, "receive accept", 1, 40),
    Ending("accepted", 3, "receive ask answer accept", 1, 30),
    Ending("accepted", 2, _MISSED, 1, 15),
    Ending("scheduled", 14, _BOOKED, 1, 20),
    Ending("scheduled", 2, f"{_BOOKED} cancel_appointment schedule", 1, 6),
    Ending("seen", 8, _SEEN, 1, 35),
    Ending("seen", 3, _SEEN, 30, 120),
    Ending("reported", 7, f"{_SEEN} report", 1, 25),
    Ending("closed", 172, f"{_SEEN} report acknowledge_report", 1, 240),
    Ending("closed", 22, "receive ask answer accept schedule record_visit report acknowledge_report", 1, 240),
    Ending("closed", 14, f"{_MISSED} schedule record_visit report acknowledge_report", 1, 240),
    Ending("declined", 5, "receive decline", 1, 200, "L3-CRITERIA"),
    Ending("declined", 5, "receive decline", 1, 200, "L3-WRONG-SPECIALTY"),
    Ending("declined", 3, "receive ask decline", 1, 200, "L3-INCOMPLETE"),
    Ending("declined", 3, "receive decline", 1, 200, "L3-CAPACITY"),
    Ending("resolved", 5, "receive advise", 1, 230, "L3-ADVICE"),
    Ending("resolved", 5, "receive accept resolve", 1, 230, "L5-RESOLVED"),
    Ending("resolved", 4, "receive accept resolve", 1, 230, "L5-ELSEWHERE-IN"),
    Ending("cancelled", 4, "receive accept cancel", 1, 230, "X-MOVED"),
    Ending("cancelled", 4, f"{_BOOKED} cancel", 1, 230, "X-ADMITTED"),
    Ending("cancelled", 2, "receive cancel", 1, 230, "X-DIED"),
    Ending("lost", 1, "create send lose", 1, 230, "L2-NO-ACK"),
    Ending("lost", 4, "receive ask lose", 1, 230, "L3-INCOMPLETE"),
    Ending("lost", 3, "receive accept lose", 1, 230, "L4-OON"),
    Ending("lost", 3, "receive accept lose", 1, 230, "L4-AUTH-DENIED"),
    Ending("lost", 3, "receive accept lose", 1, 230, "L4-COST"),
    Ending("lost", 10, "receive accept lose", 1, 230, "L5-UNREACHABLE"),
    Ending("lost", 4, "receive accept lose", 1, 230, "L5-BAD-CONTACT"),
    Ending("lost", 5, "receive accept lose", 1, 230, "L5-DECLINED"),
    Ending("lost", 5, "receive accept lose", 1, 230, "L5-ELSEWHERE-OUT"),
    Ending("lost", 4, "receive accept lose", 1, 230, "L5-WAIT-TOO-LONG"),
    Ending("lost", 2, "receive accept lose", 1, 230, "L5-TRANSPORT"),
    Ending("lost", 6, f"{_MISSED} lose", 1, 230, "L6-NO-SHOW"),
    Ending("lost", 4, f"{_BOOKED} cancel_appointment lose", 1, 230, "L6-CANCEL-PT"),
)


def waits(rng: Random, moves: list[str], *, hurry: bool) -> list[int]:
    """Working days before each move. Visits are at least a day after they are booked."""
    drawn = [rng.randint(*WAITS[move]) for move in moves]
    if not hurry:
        return drawn
    return [max(min(1, WAITS[move][0]), days // 2) for move, days in zip(moves, drawn, strict=True)]
