"""Where to send a patient: destinations ranked, each with its reasons. Pure: same values in, same order out.

Six things count, each from 0 to 1, weighted by the organization: whether the patient's plan pays there, how
soon the patient is likely to be seen, how far it is, the language, whether what the office wants is at hand,
and what the patient prefers. Unknown counts as half: an office is not punished for what nobody asked it.

Days to be seen are the office's own median wait divided by the share of its referrals that are completed: who
sends three to have two seen waits half as long again for each. Both are drawn toward the organization's
average until the office has some history (shrinkage; Efron and Morris, JASA 1973).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, log
from types import MappingProxyType
from uuid import UUID


class Factor(StrEnum):
    """What counts."""

    NETWORK = "network"
    SOON = "soon"
    NEAR = "near"
    LANGUAGE = "language"
    READY = "ready"
    WISH = "wish"


LABELS: Mapping[Factor, str] = MappingProxyType(
    {
        Factor.NETWORK: "In the plan's network",
        Factor.SOON: "Seen soon",
        Factor.NEAR: "Near the patient",
        Factor.LANGUAGE: "Speaks the patient's language",
        Factor.READY: "Has all that the office wants",
        Factor.WISH: "The patient's wish",
    }
)
USUAL_WEIGHTS: Mapping[Factor, float] = MappingProxyType(
    {
        Factor.NETWORK: 10,
        Factor.SOON: 6,
        Factor.NEAR: 4,
        Factor.LANGUAGE: 3,
        Factor.READY: 2,
        Factor.WISH: 6,
    }
)
UNKNOWN = 0.5
STRENGTH = 10.0  # referrals that the organization's average counts for beside an office's own
HALF_AT_DAYS = 21.0  # days to be seen at which "soon" is worth half
LEAST_SHARE = 0.05  # completed share below which days would run away
OPENING_WITHIN = 30  # days, for "has an opening"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for. `attached` are the kinds of documents at hand; `wished` are office ids."""

    specialty: str
    network_known: bool = False
    language: str = ENGLISH
    within_days: int | None = None
    attached: frozenset[str] = frozenset()
    wished: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something an office wants with a referral."""

    text: str
    kind: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Destination:
    """An office that could take the patient. `in_network`, `miles`, `accepts_new` are None when not known."""

    office_id: UUID
    name: str
    in_network: bool | None = None
    miles: float | None = None
    median_days: float | None = None
    completed_share: float | None = None
    referrals: int = 0
    languages: frozenset[str] = frozenset()
    accepts_new: bool | None = None
    reachable: bool | None = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class Average:
    """How the organization's referrals of this specialty went, all offices together."""

    median_days: float = 21.0
    completed_share: float = 0.6


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor in one line. `worth` 0 to 1 as counted; `known` is False where it stands at half."""

    factor: Factor
    text: str
    worth: float
    known: bool = True


@dataclass(frozen=True, slots=True)
class Ranked:
    """A destination with its place, why, and what a person should know before choosing it."""

    destination: Destination
    score: float
    days: float
    reasons: tuple[Reason, ...]
    warnings: tuple[str, ...] = field(default=())

    def because(self, factor: Factor) -> Reason:
        """The line on one factor."""
        return next(reason for reason in self.reasons if reason.factor == factor)


def rank(
    need: Need,
    destinations: Iterable[Destination],
    *,
    average: Average | None = None,
    weights: Mapping[Factor, float] = USUAL_WEIGHTS,
    most_miles: float = 40,
) -> list[Ranked]:
    """All destinations, best first. Those that take nobody or cannot be reached come last, and say so."""
    usual = average or Average()
    ranked = [_ranked(need, one, usual, weights, most_miles) for one in destinations]
    return sorted(
        ranked,
        key=lambda r: (_is_closed(r.destination), -r.score, r.destination.name, r.destination.office_id),
    )


def why_outside(ranked: Sequence[Ranked], specialty_name: str, *, most_miles: float = 40) -> str:
    """Why nobody in the network will do, in one sentence, or nothing when somebody will."""
    inside = [r for r in ranked if r.destination.in_network and not _is_closed(r.destination)]
    near = [r for r in inside if r.destination.miles is None or r.destination.miles <= most_miles]
    if any(r.days <= OPENING_WITHIN for r in near):
        return ""
    who = f"in-network {specialty_name.lower()} office"
    if not inside:
        return f"Out of network: no {who} takes new patients."
    if not near:
        return f"Out of network: no {who} within {most_miles:.0f} miles."
    return (
        f"Out of network: no {who} within {most_miles:.0f} miles sees patients within {OPENING_WITHIN} days."
    )


def days_to_be_seen(destination: Destination, average: Average) -> float:
    """Expected days until the patient is seen there."""
    own = destination.referrals if destination.median_days is not None else 0
    wait = exp(_drawn(log(max(destination.median_days or 1.0, 0.5)), own, log(max(average.median_days, 0.5))))
    counted = destination.referrals if destination.completed_share is not None else 0
    share = _drawn(destination.completed_share or 0.0, counted, average.completed_share)
    return wait / max(share, LEAST_SHARE)


def _drawn(own: float, count: int, usual: float) -> float:
    """An office's own figure drawn toward the usual one, the more the fewer it rests on."""
    return (count * own + STRENGTH * usual) / (count + STRENGTH)


def _is_closed(destination: Destination) -> bool:
    return destination.accepts_new is False or destination.reachable is False


def _ranked(
    need: Need, one: Destination, average: Average, weights: Mapping[Factor, float], most_miles: float
) -> Ranked:
    days = days_to_be_seen(one, average)
    reasons = (
        _network(need, one),
        _soon(need, one, days),
        _near(one, most_miles),
        _language(need, one),
        _ready(need, one),
        _wish(need, one),
    )
    counted = [(weights.get(reason.factor, 0.0), reason.worth) for reason in reasons]
    whole = sum(weight for weight, _ in counted)
    score = sum(weight * worth for weight, worth in counted) / whole if whole else 0.0
    return Ranked(one, round(score, 6), days, reasons, tuple(_warnings(one, most_miles)))


def _network(need: Need, one: Destination) -> Reason:
    if one.in_network is None or not need.network_known:
        return Reason(Factor.NETWORK, "Network not known", UNKNOWN, known=False)
    text = "In network" if one.in_network else "Out of network"
    return Reason(Factor.NETWORK, text, float(one.in_network))


def _soon(need: Need, one: Destination, days: float) -> Reason:
    worth = HALF_AT_DAYS / (HALF_AT_DAYS + days)
    if need.within_days is not None and days > need.within_days:
        worth /= 2
    if not one.referrals or one.median_days is None:
        return Reason(Factor.SOON, f"About {days:.0f} days, as usual for the specialty", worth, known=False)
    share = "" if one.completed_share is None else f", {one.completed_share:.0%} of {one.referrals} seen"
    return Reason(Factor.SOON, f"About {days:.0f} days to be seen{share}", worth)


def _near(one: Destination, most_miles: float) -> Reason:
    if one.miles is None:
        return Reason(Factor.NEAR, "Distance not known", UNKNOWN, known=False)
    text = "Under a mile away" if one.miles < 1 else f"{one.miles:.0f} miles away"
    return Reason(Factor.NEAR, text, max(0.0, 1 - one.miles / (2 * most_miles)))


def _language(need: Need, one: Destination) -> Reason:
    if need.language == ENGLISH:
        return Reason(Factor.LANGUAGE, "English", 1.0)
    if not one.languages:
        return Reason(Factor.LANGUAGE, "Languages not known", UNKNOWN, known=False)
    speaks = need.language in one.languages
    text = "Speaks the patient's language" if speaks else "Needs an interpreter"
    return Reason(Factor.LANGUAGE, text, float(speaks))


def _ready(need: Need, one: Destination) -> Reason:
    wanted = [criterion for criterion in one.criteria if criterion.is_required]
    lacking = [criterion for criterion in wanted if criterion.kind not in need.attached]
    if not one.criteria:
        return Reason(Factor.READY, "Asks for nothing in particular", 1.0)
    if not lacking:
        return Reason(Factor.READY, "All that the office wants is attached", 1.0)
    text = "Wants " + ", ".join(criterion.text[:1].lower() + criterion.text[1:] for criterion in lacking)
    return Reason(Factor.READY, text, 1 - len(lacking) / len(wanted))


def _wish(need: Need, one: Destination) -> Reason:
    if not need.wished:
        return Reason(Factor.WISH, "No wish noted", UNKNOWN, known=False)
    wished = one.office_id in need.wished
    return Reason(
        Factor.WISH, "The patient's choice" if wished else "Not the patient's choice", float(wished)
    )


def _warnings(one: Destination, most_miles: float) -> Iterable[str]:
    if one.accepts_new is False:
        yield "Takes no new patients"
    if one.reachable is False:
        yield "Every number we have for it failed"
    if one.miles is not None and one.miles > most_miles:
        yield f"Farther than {most_miles:.0f} miles"
