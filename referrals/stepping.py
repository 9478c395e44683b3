"""The stepper of a referral's page: six steps, and under each what is known of it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referrals.facets import Eligibility
from referrals.lifecycle import is_ended
from referrals.models import Referral, Step
from referrals.presenting import Wall, finished, source, state

LABELS = ("Received", "Reviewed", "Insurance", "Scheduled", "Seen", "Loop closed")
REVIEWED, INSURANCE, SCHEDULED, SEEN, CLOSED = range(1, 6)
MILESTONES = ("accept", "schedule", "record_visit", "acknowledge_report")
Milestones = Mapping[str, Step]


@dataclass(frozen=True)
class StepShown:
    """One of the six steps as drawn."""

    label: str
    sub: str
    state: str  # done, now, stuck, todo


def steps(referral: Referral, milestones: Milestones, wall: Wall) -> list[StepShown]:
    """The six steps; `milestones` holds the latest timeline step of each name in MILESTONES."""
    reached = finished(referral)
    return [_step(referral, place, reached, milestones, wall) for place in range(len(LABELS))]


def _step(referral: Referral, place: int, reached: int, milestones: Milestones, wall: Wall) -> StepShown:
    if place < reached:
        return StepShown(LABELS[place], DONE[place](referral, milestones, wall), "done")
    if place > reached:
        return StepShown(LABELS[place], _ahead(referral, place) if referral.is_open else "", "todo")
    stuck = state(referral, wall.now) == "stuck"
    said = referral.stage_label if is_ended(referral.stage) else referral.next_action
    return StepShown(LABELS[place], said, "stuck" if stuck else "now")


def _ahead(referral: Referral, place: int) -> str:
    seen_by, told = referral.receiving_provider, referral.referring_provider
    return {
        REVIEWED: "Not decided yet",
        INSURANCE: "Not checked yet",
        SCHEDULED: "Not booked yet",
        SEEN: seen_by.short_name if seen_by else "Clinician not chosen",
        CLOSED: f"Report to {told.short_name}" if told else "Report to the referrer",
    }[place]


Say = Callable[[Referral, Milestones, Wall], str]


def _received(referral: Referral, milestones: Milestones, wall: Wall) -> str:
    return f"{wall.moment(referral.index_at)}, {source(referral).lower()}"


def _reviewed(referral: Referral, milestones: Milestones, wall: Wall) -> str:
    step = milestones.get("accept")
    return f"{wall.moment(step.at)}, {step.actor_label}" if step else ""


def _insured(referral: Referral, milestones: Milestones, wall: Wall) -> str:
    return "Patient pays" if referral.eligibility == Eligibility.SELF_PAY else "Coverage active"


def _scheduled(referral: Referral, milestones: Milestones, wall: Wall) -> str:
    return (
        wall.moment(referral.visit_at) if referral.visit_at else _at("schedule")(referral, milestones, wall)
    )


def _at(name: str) -> Say:
    def when(referral: Referral, milestones: Milestones, wall: Wall) -> str:
        step = milestones.get(name)
        return wall.moment(step.at) if step else ""

    return when


DONE: tuple[Say, ...] = (
    _received, _reviewed, _insured, _scheduled, _at("record_visit"), _at("acknowledge_report"),
)  # fmt: skip
