"""All that the page of one referral reads: each card in one query."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import JSONObject

from audit.models import AccessEvent
from insurance.models import Benefit, EligibilityCheck
from notifications.models import Message
from patients.models import ContactPoint
from referrals.activity import Entry, Happened, entry
from referrals.lifecycle import Stage
from referrals.models import Dispatch, Document, Referral, Step
from referrals.stepping import MILESTONES
from scheduling.models import Slot

ENTRIES = 30
OPENINGS = 14
SHOWN = {"all": "All", "messages": "Messages", "audit": "Audit"}


def find(number: str) -> Referral | None:
    """The referral of that number with all that it points to, or None.

    `was_reported` says whether a report ever went out, `reached` holds the steps that the stepper shows.
    """
    reports = Dispatch.objects.filter(referral=OuterRef("pk"), purpose="report")
    steps = Step.objects.filter(referral=OuterRef("pk"), name__in=MILESTONES).order_by("at", "id")
    return (
        Referral.objects.for_rows()
        .select_related(
            "organization",
            "coverage__payer",
            "coverage__plan",
            "receiving_provider",
            "receiving_practice",
            "appointment__slot__schedule__provider",
            "appointment__slot__schedule__site",
        )
        .annotate(
            was_reported=Exists(reports),
            reached=ArraySubquery(
                steps.values(step=JSONObject(name="name", at="at", actor_label="actor_label"))
            ),
        )
        .filter(number=number)
        .first()
    )


def milestones(referral: Any) -> dict[str, Step]:
    """The latest step of each kind that the stepper shows, of a referral that `find` found."""
    return {
        step["name"]: Step(**{**step, "at": datetime.fromisoformat(step["at"])}) for step in referral.reached
    }


# ---------------------------------------------------------------- coverage


@dataclass(frozen=True)
class Coverage:
    """The latest question to the payer, and what its answer says of money: dollars, and percent of 100."""

    check: EligibilityCheck | None
    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    deductible: Decimal | None = None
    deductible_met: Decimal | None = None


LINE = {name: name for name in ("kind", "service_type", "network", "amount", "percent", "is_remaining")}
OFFICE_VISIT, WHOLE_PLAN = "98", "30"  # X12 service type codes
FITTING = {OFFICE_VISIT: 0, WHOLE_PLAN: 1}
NETWORKS = {"in": 0, "both": 1, "unknown": 2}  # what it costs elsewhere helps nobody who comes here


def coverage(referral: Referral) -> Coverage:
    """What is known of the patient's coverage, the latest check with its benefits."""
    benefits = Benefit.objects.filter(check_made=OuterRef("pk")).values(line=JSONObject(**LINE))
    checks = EligibilityCheck.objects.filter(about_id=referral.pk).annotate(lines=ArraySubquery(benefits))
    check = checks.order_by("-asked_at", "-id").first()
    lines = check.lines if check else []
    total, left = _found(lines, "deductible"), _found(lines, "deductible", is_remaining=True)
    return Coverage(
        check=check,
        copay=_found(lines, "copay"),
        coinsurance=_found(lines, "coinsurance", figure="percent"),
        deductible=total,
        deductible_met=total - left if total is not None and left is not None else None,
    )


def _found(
    lines: list[dict[str, Any]], kind: str, *, figure: str = "amount", is_remaining: bool = False
) -> Decimal | None:
    """The figure of the benefit that fits an office visit in our network best."""
    fitting = [
        line
        for line in lines
        if line["kind"] == kind
        and line["network"] in NETWORKS
        and line["is_remaining"] == is_remaining
        and line[figure] is not None
    ]
    fitting.sort(key=lambda line: (FITTING.get(line["service_type"], 2), NETWORKS[line["network"]]))
    return Decimal(str(fitting[0][figure])) if fitting else None


# ---------------------------------------------------------------- openings and papers


def openings(referral: Referral, now: datetime) -> list[Slot]:
    """The first free openings of the clinician booked or asked for, else of the specialty."""
    if referral.stage not in {Stage.ACCEPTED, Stage.SCHEDULED} or referral.direction == "outbound":
        return []
    slots = (
        Slot.objects.free().filter(starts_at__gt=now).select_related("schedule__provider", "schedule__site")
    )
    booked = referral.appointment.slot.schedule.provider_id if referral.appointment else None
    if clinician := booked or referral.receiving_provider_id:
        slots = slots.filter(schedule__provider_id=clinician)
    elif referral.specialty_id:
        slots = slots.filter(schedule__provider__specialty_id=referral.specialty_id)
    else:
        return []
    return list(slots.order_by("starts_at", "id")[:OPENINGS])


def documents(referral: Referral) -> list[Document]:
    """Its papers, newest first, with how the last sending of each went: `sent_state`, `sent_to`."""
    last = Dispatch.objects.filter(document=OuterRef("pk")).order_by("-queued_at")
    papers = Document.objects.filter(referral=referral).order_by("-added_at", "-id")
    return list(
        papers.annotate(
            sent_state=Subquery(last.values("state")[:1]), sent_to=Subquery(last.values("to_label")[:1])
        )
    )


# ---------------------------------------------------------------- activity


@dataclass(frozen=True)
class Activity:
    """A page of the timeline, and the time before which the next one lies."""

    entries: list[Entry]
    before: datetime | None


def activity(referral: Referral, *, show: str = "all", before: datetime | None = None) -> Activity:
    """What happened, newest first: steps and messages, only what was said, or who looked."""
    sources = {"messages": [_messages, _said], "audit": [_looks]}.get(show, [_messages, _steps])
    first, *others = [_before(source(referral), before) for source in sources]
    rows = first.union(*others, all=True) if others else first
    found = [Happened(*row) for row in rows.order_by("-when")[: ENTRIES + 1]]
    shown = found[:ENTRIES]
    return Activity([entry(row) for row in shown], shown[-1].at if len(found) > ENTRIES else None)


def _before(rows: QuerySet[Any], before: datetime | None) -> QuerySet[Any]:
    return rows.filter(when__lt=before) if before else rows


SAID = ("note", "call", "call_asked", "patient_declined")
LEFT_OUT = ("link_sent",)  # the message itself is shown
NOTHING = Value("", output_field=TextField())


def _steps(referral: Referral) -> QuerySet[Any]:
    steps = Step.objects.filter(referral=referral).exclude(name__in=LEFT_OUT)
    return steps.annotate(when=F("at"), source=Value("step"), to=NOTHING, tongue=NOTHING).values_list(
        "when", "source", "name", "title", "note", "actor_label", "to", "tongue"
    )


def _said(referral: Referral) -> QuerySet[Any]:
    return _steps(referral).filter(name__in=SAID)


def _messages(referral: Referral) -> QuerySet[Any]:
    messages = Message.objects.filter(about_id=referral.pk)
    return messages.annotate(when=F("queued_at"), source=Value("message")).values_list(
        "when", "source", "template", "state", "body", "channel", "to", "language"
    )


def _looks(referral: Referral) -> QuerySet[Any]:
    looks = AccessEvent.objects.filter(object_id=referral.pk)
    return looks.annotate(when=F("at"), source=Value("look"), to=NOTHING, tongue=NOTHING).values_list(
        "when", "source", "action", "action", "detail", "actor_label", "to", "tongue"
    )


def phones(referral: Referral) -> list[ContactPoint]:
    """How to reach the patient, the mobile first, leaving out what must not be used."""
    points = ContactPoint.objects.filter(patient=referral.patient_id, do_not_use=False)
    return sorted(points, key=lambda point: (point.kind != ContactPoint.Kind.MOBILE, point.kind))
