"""What runs beside the stage: each facet has its own small set of states and its own clock. Pure.

A referral is ready to schedule when every facet that booking needs is green (lifecycle page, layer 2).
"""

from enum import StrEnum


class Records(StrEnum):
    """Whether what the receiver needs is here."""

    NOT_NEEDED = "not_needed"
    INCOMPLETE = "incomplete"
    REQUESTED = "requested"
    COMPLETE = "complete"
    STALE = "stale"


class Identity(StrEnum):
    """Whether we know which patient this is."""

    UNMATCHED = "unmatched"
    CANDIDATES = "candidates"
    MATCHED = "matched"
    CONFLICT = "conflict"


class Eligibility(StrEnum):
    """What the payer said about coverage."""

    NOT_CHECKED = "not_checked"
    PENDING = "pending"
    ACTIVE = "active"
    INACTIVE = "inactive"
    PAYER_DOWN = "payer_down"
    NEEDS_INFO = "needs_info"
    SELF_PAY = "self_pay"


class AuthorizationState(StrEnum):
    """Where the payer's permission stands."""

    UNKNOWN = "unknown"
    NOT_REQUIRED = "not_required"
    REQUIRED = "required"
    PREPARING = "preparing"
    SUBMITTED = "submitted"
    PENDED = "pended"
    APPROVED = "approved"
    PARTIAL = "partial"
    DENIED = "denied"
    APPEALED = "appealed"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"


class Contact(StrEnum):
    """Whether the patient has been reached."""

    NOT_STARTED = "not_started"
    ATTEMPTING = "attempting"
    REACHED = "reached"
    UNREACHABLE = "unreachable"
    OPTED_OUT = "opted_out"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"


class Visiting(StrEnum):
    """Where the appointment stands."""

    NONE = "none"
    OFFERED = "offered"
    HELD = "held"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Loop(StrEnum):
    """How far the answer has travelled back."""

    NONE = "none"
    INTERIM = "interim"
    REPORT_QUEUED = "report_queued"  # leaving: the fax machine has not taken it yet
    REPORT_SENT = "report_sent"
    REPORT_RECEIVED = "report_received"
    REPORT_REVIEWED = "report_reviewed"
    PLAN_WITH_PATIENT = "plan_with_patient"


GREEN_RECORDS = {Records.COMPLETE, Records.NOT_NEEDED}
GREEN_ELIGIBILITY = {Eligibility.ACTIVE, Eligibility.SELF_PAY}
GREEN_AUTHORIZATION = {AuthorizationState.NOT_REQUIRED, AuthorizationState.APPROVED}


def is_ready_to_schedule(*, records: str, identity: str, eligibility: str, authorization: str) -> bool:
    """Whether every facet that must be green before booking is green.

    An unknown authorization does not block: most first visits need none, and payers seldom say so in a 271.
    """
    return (
        records in GREEN_RECORDS
        and identity == Identity.MATCHED
        and eligibility in GREEN_ELIGIBILITY
        and authorization in GREEN_AUTHORIZATION | {AuthorizationState.UNKNOWN}
    )


def choices(*facets: type[StrEnum]) -> list[tuple[str, str]]:
    """Django choices of a facet, in plain words."""
    return [(state.value, state.value.replace("_", " ").capitalize()) for facet in facets for state in facet]
