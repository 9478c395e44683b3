"""All that the page of one office reads."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from organizations.languages import LANGUAGES
from providers import standing
from providers.freshness import SHOWN, Record, record_of
from providers.models import (
    AcceptanceCriterion,
    DirectoryReport,
    Endpoint,
    EndpointUse,
    Network,
    NetworkMembership,
    Practice,
    Provider,
    PublishedWait,
    TaxonomyCode,
)
from providers.standing import TONES, WORDS


@dataclass(frozen=True)
class Way:
    """One way in, and how it has worked."""

    endpoint: Endpoint
    record: Record


def ways(office: Practice) -> list[Way]:
    """Every way in, by kind, the preferred first and the closed last."""
    uses = EndpointUse.objects.filter(endpoint=OuterRef("pk")).order_by("-at")
    rows = Endpoint.objects.filter(practice=office).annotate(
        tries=ArraySubquery(uses.values(row=JSONObject(at="at", worked="worked"))[:SHOWN])
    )
    order = list(Endpoint.Kind.values)
    found = sorted(
        rows, key=lambda w: (w.closed_at is not None, order.index(w.kind), not w.is_preferred, w.pk)
    )
    return [Way(way, record_of(way.tries)) for way in found]


@dataclass(frozen=True)
class Clinician:
    """One clinician as the page shows them."""

    provider: Provider
    specialty: str
    languages: str


def clinicians(office: Practice) -> list[Clinician]:
    """Who works there; those who have left last."""
    rows = list(
        Provider.objects.filter(practice=office)
        .select_related("specialty")
        .order_by("-is_active", "family_name", "given_name")
    )
    codes = {row.taxonomy for row in rows if row.specialty is None and row.taxonomy}
    words = TaxonomyCode.objects.in_bulk(codes) if codes else {}
    return [
        Clinician(row, _specialty(row, words), ", ".join(LANGUAGES.get(one, one) for one in row.languages))
        for row in rows
    ]


def _specialty(row: Provider, words: dict[str, TaxonomyCode]) -> str:
    """By our table, else by the user's own copy of the NUCC file, else the bare code."""
    if row.specialty is not None:
        return row.specialty.name
    known = words.get(row.taxonomy)
    if known is None:
        return row.taxonomy
    return ", ".join(filter(None, [known.classification, known.specialization]))


@dataclass(frozen=True)
class Standing:
    """How the office stands to one network."""

    network: Network
    is_in: bool | None
    whole: NetworkMembership | None
    people: list[NetworkMembership]

    @property
    def words(self) -> str:
        """In network, Out of network, Not known."""
        return WORDS[self.is_in]

    @property
    def tone(self) -> str:
        """As the tags of the pages."""
        return TONES[self.is_in]


def standings(office: Practice, people: list[Clinician], today: date) -> list[Standing]:
    """Every network of the organization, and what is on record of this office."""
    rows: dict[UUID, list[NetworkMembership]] = defaultdict(list)
    for row in NetworkMembership.objects.filter(practice=office).select_related("provider"):
        rows[row.network_id].append(row)
    active = [one.provider.pk for one in people if one.provider.is_active]
    return [
        _standing(network, rows[network.pk], active, today) for network in Network.objects.order_by("name")
    ]


def _standing(network: Network, rows: list[NetworkMembership], active: list[UUID], today: date) -> Standing:
    known = [standing.Membership(row.is_in, row.provider_id, row.since, row.until) for row in rows]
    whole = next((row for row in rows if row.provider_id is None), None)
    people = [row for row in rows if row.provider_id is not None]
    return Standing(network, standing.in_network(known, clinicians=active, on=today), whole, people)


def criteria(office: Practice, people: list[Clinician]) -> QuerySet[AcceptanceCriterion]:
    """What must come with a referral here: the office's own, and those of its specialties."""
    held = {one.provider.specialty_id for one in people if one.provider.specialty_id}
    found: QuerySet[AcceptanceCriterion] = AcceptanceCriterion.objects.filter(
        Q(practice=office) | Q(practice=None, specialty__in=held)
    ).select_related("specialty")
    return found


def page(office: Practice, today: date) -> dict[str, Any]:
    """The context of the page, each list in one query."""
    people = clinicians(office)
    return {
        "office": office,
        "locations": list(office.locations.order_by("pk")),
        "ways": ways(office),
        "clinicians": people,
        "standings": standings(office, people, today),
        "criteria": criteria(office, people),
        "waits": PublishedWait.objects.filter(practice=office)
        .select_related("specialty")
        .order_by("-referrals"),
        "reports": DirectoryReport.objects.filter(practice=office, settled_at=None)
        .select_related("endpoint", "reported_by__user")
        .order_by("reported_at"),
    }
