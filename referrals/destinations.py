"""Where a patient could be sent, ranked by providers.routing from what this organization knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from providers import queries, routing, standing
from providers.freshness import FAILED_IN_A_ROW, Record, record_of
from providers.models import (
    AcceptanceCriterion,
    Endpoint,
    EndpointUse,
    Location,
    NetworkMembership,
    Practice,
    Provider,
    PublishedWait,
    RoutingWeights,
    Specialty,
)
from providers.routing import USUAL_WEIGHTS, Average, Criterion, Destination, Factor, Need, Ranked
from referrals.models import Document, Referral
from referrals.next_action import Priority

SENT_TO = (
    Endpoint.Kind.FAX,
    Endpoint.Kind.DIRECT,
    Endpoint.Kind.EMAIL,
    Endpoint.Kind.FHIR,
    Endpoint.Kind.HL7,
)
WITHIN = {Priority.STAT: 1, Priority.URGENT: 7}  # days in which the patient has to be seen
NEAR_IN_ALL = {"practice": OuterRef("pk")}


@dataclass(frozen=True)
class Sought:
    """What is looked for, in the organization's own terms."""

    specialty: Specialty
    network_id: UUID | None = None
    postal_code: str = ""
    language: str = routing.ENGLISH
    within_days: int | None = None
    attached: frozenset[str] = frozenset()
    wished: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def need(self) -> Need:
        """As the ranking takes it."""
        return Need(
            self.specialty.code,
            self.network_id is not None,
            self.language or routing.ENGLISH,
            self.within_days,
            self.attached,
            self.wished,
        )


@dataclass(frozen=True)
class Rules:
    """How this organization weighs reasons."""

    weights: Mapping[Factor, float] = field(default_factory=lambda: USUAL_WEIGHTS)
    most_miles: int = 40


@dataclass(frozen=True)
class Choice:
    """The ranked offices, and why nobody in the network will do, when that is so."""

    ranked: list[Ranked]
    leak: str


def sought_for(referral: Referral, *, wished: Iterable[UUID] = ()) -> Sought | None:
    """What a referral needs; None while its specialty is not known."""
    if referral.specialty is None:
        return None
    plan = referral.coverage.plan if referral.coverage else None
    kinds = Document.objects.filter(referral=referral).values_list("kind", flat=True)
    return Sought(
        specialty=referral.specialty,
        network_id=plan.network_id if plan else None,
        postal_code=referral.patient.postal_code,
        language=referral.patient.language,
        within_days=WITHIN.get(Priority(referral.priority)),
        attached=frozenset(kinds),
        wished=frozenset(wished),
    )


def rules() -> Rules:
    """The organization's own, else the usual ones."""
    row: RoutingWeights | None = RoutingWeights.objects.first()
    if row is None:
        return Rules()
    return Rules(
        {factor: float(row.weights.get(factor, USUAL_WEIGHTS[factor])) for factor in Factor}, row.most_miles
    )


def choose_from(sought: Sought, *, today: date, by: Rules | None = None) -> Choice:
    """Every office that has the specialty, best first."""
    kept = by or rules()
    ranked = routing.rank(
        sought.need,
        destinations(sought, today),
        average=_average(sought.specialty),
        weights=kept.weights,
        most_miles=kept.most_miles,
    )
    knows = sought.network_id is not None
    name = sought.specialty.name
    return Choice(ranked, routing.why_outside(ranked, name, most_miles=kept.most_miles) if knows else "")


def _average(specialty: Specialty) -> Average:
    """How all offices of the specialty did, each counting by its referrals."""
    rows = [
        (days, share or 0.0, n)
        for days, share, n in PublishedWait.objects.filter(specialty=specialty).values_list(
            "median_days", "completed_share", "referrals"
        )
        if days is not None and n
    ]
    whole = sum(n for _, _, n in rows)
    if not whole:
        return Average()
    return Average(
        sum(days * n for days, _, n in rows) / whole, sum(share * n for _, share, n in rows) / whole
    )


# ---------------------------------------------------------------- the offices


def destinations(sought: Sought, today: date) -> list[Destination]:
    """The offices with an active clinician of the specialty, as far as we know them; four queries."""
    offices = list(_offices(sought))
    wanted, records = _criteria(sought.specialty), _records(office.pk for office in offices)
    return [
        _destination(office, sought, today, wanted[None] + wanted[office.pk], records[office.pk])
        for office in offices
    ]


def _offices(sought: Sought) -> Any:
    people = Provider.objects.filter(**NEAR_IN_ALL, specialty=sought.specialty, is_active=True)
    inside = NetworkMembership.objects.filter(**NEAR_IN_ALL, network=sought.network_id)
    waits = PublishedWait.objects.filter(**NEAR_IN_ALL, specialty=sought.specialty)
    return Practice.objects.filter(Exists(people)).annotate(
        codes=ArraySubquery(Location.objects.filter(**NEAR_IN_ALL).values("postal_code")),
        people=ArraySubquery(
            people.values(row=JSONObject(id="pk", speaks="languages", accepts="accepts_new"))
        ),
        inside=ArraySubquery(
            inside.values(
                row=JSONObject(is_in="is_in", provider_id="provider_id", since="since", until="until")
            )
        ),
        waits_known=ArraySubquery(
            waits.values(row=JSONObject(days="median_days", share="completed_share", n="referrals"))
        ),
    )


def _destination(
    office: Any, sought: Sought, today: date, wanted: list[Criterion], records: list[Record]
) -> Destination:
    wait: Any = office.waits_known[0] if office.waits_known else {"days": None, "share": None, "n": 0}
    answers = {person["accepts"] for person in office.people}
    return Destination(
        office_id=office.pk,
        name=office.name,
        in_network=standing.in_network(
            map(queries.membership_of, office.inside),
            clinicians=[UUID(person["id"]) for person in office.people],
            on=today,
        ),
        miles=queries.nearest(sought.postal_code, office.codes) if sought.postal_code else None,
        median_days=wait["days"],
        completed_share=wait["share"],
        referrals=wait["n"],
        languages=frozenset(code for person in office.people for code in person["speaks"]),
        accepts_new=True if True in answers else False if answers == {False} else None,
        reachable=reachable(records),
        criteria=tuple(wanted),
    )


def reachable(records: Iterable[Record]) -> bool | None:
    """Whether anything sent to the office arrives: False when every way was tried and failed."""
    said = {record.reachable for record in records}
    if True in said:
        return True
    return False if said == {False} else None


def _criteria(specialty: Specialty) -> dict[UUID | None, list[Criterion]]:
    found: dict[UUID | None, list[Criterion]] = defaultdict(list)
    for row in AcceptanceCriterion.objects.filter(specialty=specialty):
        found[row.practice_id].append(Criterion(row.text, row.document_kind, row.is_required))
    return found


def _records(office_ids: Iterable[UUID]) -> dict[UUID, list[Record]]:
    uses = EndpointUse.objects.filter(endpoint=OuterRef("pk")).order_by("-at")
    ways = Endpoint.objects.open().filter(Q(practice__in=list(office_ids)), kind__in=SENT_TO)
    found: dict[UUID, list[Record]] = defaultdict(list)
    for office_id, tries in ways.values_list(
        "practice",
        ArraySubquery(uses.values(row=JSONObject(at="at", worked="worked"))[:FAILED_IN_A_ROW]),
    ):
        found[office_id].append(record_of(tries))
    return found


def trouble_reaching(office: Practice | None) -> str:
    """One sentence when faxes to the office's number have failed three times in a row; else nothing."""
    if office is None or not office.fax:
        return ""
    uses = EndpointUse.objects.filter(
        endpoint__practice=office, endpoint__kind=Endpoint.Kind.FAX, endpoint__address=office.fax
    ).order_by("-at")
    record = record_of(uses.values("at", "worked")[:FAILED_IN_A_ROW])
    if record.reachable is not False:
        return ""
    return f"The last {FAILED_IN_A_ROW} faxes to {office.name} failed. Call them, and correct the number."
