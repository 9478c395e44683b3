"""What destinations are chosen by: networks and who is in them, criteria, and how much each reason counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from providers.models import (
    AcceptanceCriterion,
    Network,
    NetworkMembership,
    Practice,
    Provider,
    RoutingWeights,
    Specialty,
)
from providers.routing import Factor


@transaction.atomic
def make_network(*, name: str) -> Network:
    """A network by its name; the one that has it, when there is one."""
    return Network.objects.get_or_create(name=name)[0]


@transaction.atomic
def place(
    *,
    network_id: UUID,
    office_id: UUID,
    is_in: bool | None,
    provider_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Write down whether an office, or one clinician of it, is in a network; None: it is not known."""
    key = {"network_id": network_id, "practice_id": office_id, "provider_id": provider_id}
    known = list(NetworkMembership.objects.filter(**key).order_by("pk"))
    for spare in known if is_in is None else known[1:]:
        spare.delete()
    if is_in is None:
        return
    row = known[0] if known else NetworkMembership(**key)
    row.is_in, row.since, row.until, row.checked_at = is_in, since, until, timezone.now()
    row.save()


@dataclass(frozen=True)
class Taken:
    """What a pasted list came to: offices and clinicians put in, and the numbers that nobody here has."""

    placed: int
    unknown: tuple[str, ...]


@transaction.atomic
def take_list(*, network_id: UUID, npis: Iterable[str]) -> Taken:
    """Put everybody of a list into the network, by NPI: an office's own, or a clinician's."""
    wanted = list(dict.fromkeys(npis))
    offices = dict(Practice.objects.filter(npi__in=wanted).values_list("npi", "pk"))
    people = {npi: (pk, office) for npi, pk, office in _clinicians(wanted)}
    for npi in wanted:
        if npi in offices:
            place(network_id=network_id, office_id=offices[npi], is_in=True)
        elif npi in people:
            provider_id, office_id = people[npi]
            place(network_id=network_id, office_id=office_id, provider_id=provider_id, is_in=True)
    unknown = tuple(npi for npi in wanted if npi not in offices and npi not in people)
    return Taken(len(wanted) - len(unknown), unknown)


def _clinicians(npis: list[str]) -> Iterable[tuple[str, UUID, UUID]]:
    found: Iterable[tuple[str, UUID, UUID]] = Provider.objects.filter(npi__in=npis).values_list(
        "npi", "pk", "practice_id"
    )
    return found


@transaction.atomic
def ask_for(
    *,
    specialty: Specialty,
    text: str,
    office_id: UUID | None,
    document_kind: str = "",
    is_required: bool = True,
) -> AcceptanceCriterion:
    """What must come with a referral to this specialty: at one office, or at all of them."""
    return AcceptanceCriterion.objects.create(
        specialty=specialty,
        practice_id=office_id,
        text=text,
        document_kind=document_kind,
        is_required=is_required,
    )


@transaction.atomic
def set_weights(*, weights: Mapping[Factor, float], most_miles: int) -> RoutingWeights:
    """How much each reason counts here, 0 to 10, and how far is too far."""
    row: RoutingWeights = RoutingWeights.objects.first() or RoutingWeights()
    row.weights, row.most_miles = {factor.value: weight for factor, weight in weights.items()}, most_miles
    row.save()
    return row


@transaction.atomic
def stop_asking_for(*, criterion_id: UUID) -> None:
    """It is not wanted any more."""
    AcceptanceCriterion.objects.get(pk=criterion_id).delete()
