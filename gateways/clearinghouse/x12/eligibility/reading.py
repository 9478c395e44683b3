"""The 271 read: which rows speak of the member, and what follows from them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gateways.clearinghouse.x12.eligibility.answer import EligibilityAnswer, Party, Rejection, Status
from gateways.clearinghouse.x12.eligibility.codes import COVERAGE, GATED_PLANS, Flag
from gateways.clearinghouse.x12.eligibility.dates import read_period
from gateways.clearinghouse.x12.eligibility.refusals import refusals_of_transport
from gateways.clearinghouse.x12.eligibility.rows import Row, Subject, subjects_in
from gateways.clearinghouse.x12.reader import Interchange, Segment, Transaction, at, read

BEGINNINGS = ("346", "356", "307", "291")
ENDINGS = ("347", "357")
PERIODS_WITH_END = ("307", "291")
"""DTP01 in the order in which they are believed: plan, eligibility, then periods that name both ends."""

OTHER_PAYER_ROLES = ("PR", "PRP", "SEP", "TTP")
RANKED: tuple[Status, ...] = ("active", "active_pending", "inactive", "inactive_pending")
REFERRAL = re.compile(r"\bREFERRALS?\b", re.IGNORECASE)


def read_271(text: str | bytes, *, trace: str = "") -> EligibilityAnswer:
    """What the payer answered; raises NotX12 when the text cannot be read at all.

    Among several members the one with our trace (TRN02) counts, else the first. A TA1 or 999 instead of a
    271 is an answer too: the question was not understood, or was taken and will be answered.
    """
    interchanges = read(text)
    answers = [found for each in interchanges for found in each.transactions() if found.kind == "271"]
    answer = answer_in(answers, trace) if answers else answer_of_transport(interchanges)
    return replace(answer, warnings=tuple(oddity.detail for each in interchanges for oddity in each.oddities))


def answer_of_transport(interchanges: list[Interchange]) -> EligibilityAnswer:
    """What a TA1 or 999 alone says."""
    rejections, taken = refusals_of_transport(interchanges)
    return EligibilityAnswer("pending" if taken and not rejections else "error", rejections=rejections)


def answer_in(transactions: list[Transaction], trace: str = "") -> EligibilityAnswer:
    """The answer about the member with our trace, else about the first that anything is said of."""
    subjects = [subject for transaction in transactions for subject in subjects_in(transaction)]
    told = [subject for subject in subjects if subject.rows or subject.rejections] or subjects
    return answer_about(next((subject for subject in told if trace and trace in subject.traces), told[0]))


def answer_about(subject: Subject) -> EligibilityAnswer:
    """What follows from all that was said of one member."""
    rows = subject.rows
    plan_first = sorted(rows, key=lambda row: not (row.code in COVERAGE and row.is_whole_plan))
    begins_on, ends_on = plan_dates([*subject.dates, *(day for row in plan_first[:1] for day in row.dates)])
    return EligibilityAnswer(
        status=status(rows, subject.rejections),
        trace=next(iter(subject.traces), ""),
        member_id=subject.member_id,
        group_number=subject.group_number,
        plan_name=next((row.plan_name for row in plan_first if row.plan_name), ""),
        insurance_type=next((row.insurance_type for row in plan_first if row.insurance_type), ""),
        plan_begins_on=begins_on,
        plan_ends_on=ends_on,
        benefits=tuple(benefit for row in rows for benefit in row.benefits()),
        primary_care=next(parties(rows, "L", ("P3",)), None),
        other_payers=tuple(parties(rows, "R", OTHER_PAYER_ROLES)),
        rejections=tuple(subject.rejections),
        auth_required=auth_required(rows),
        referral_likely=any(asks_for_referral(row) for row in rows),
    )


def status(rows: list[Row], rejections: list[Rejection]) -> Status:
    """Whether there is coverage. A refusal wins over any row: some payers send both."""
    if rejections:
        return "pending" if all(rejection.follow_up == "wait" for rejection in rejections) else "error"
    covering = [row for row in rows if row.code in COVERAGE]
    found = {COVERAGE[row.code] for row in covering if row.is_whole_plan}
    found = found or {COVERAGE[row.code] for row in covering}
    return next((each for each in RANKED if each in found), "unknown")


def auth_required(rows: list[Row]) -> Flag:
    """Whether a prior authorization is wanted: yes if any row says so, no if all that speak say no."""
    told = {row.auth_required for row in rows if at(row.eb, 11)}
    if "yes" in told:
        return "yes"
    return "no" if told == {"no"} else "unknown"


def asks_for_referral(row: Row) -> bool:
    """The standard has no flag for it: a gatekeeper, or a gated plan whose message speaks of referrals."""
    gated = row.insurance_type in GATED_PLANS and REFERRAL.search(row.message)
    return row.code in ("L", "MC") or bool(gated)


def parties(rows: list[Row], code: str, roles: tuple[str, ...]) -> Iterator[Party]:
    """Persons or organizations of a role that rows of a code point to."""
    for row in rows:
        for nm1 in row.parties:
            if row.code == code and at(nm1, 1) in roles:
                yield Party(" ".join(part for part in (at(nm1, 4), at(nm1, 3)) if part), at(nm1, 9))


def plan_dates(dates: list[Segment]) -> tuple[date | None, date | None]:
    """First and last day of the plan; a last day is named alone, or as the end of a period."""
    begins_on = first_day(dates, BEGINNINGS, end=False)
    return begins_on, first_day(dates, ENDINGS, end=False) or first_day(dates, PERIODS_WITH_END, end=True)


def first_day(dates: list[Segment], qualifiers: tuple[str, ...], *, end: bool) -> date | None:
    """The day under the first qualifier that gives one."""
    for qualifier in qualifiers:
        for dtp in dates:
            if at(dtp, 1) == qualifier and (day := read_period(at(dtp, 3))[end]):
                return day
    return None
