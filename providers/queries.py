"""What the directory's list reads: one query finds the offices, one brings the rows of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from providers import places, standing
from providers.freshness import SHOWN, Record, record_of
from providers.models import (
    DirectoryReport,
    Endpoint,
    EndpointUse,
    Location,
    Network,
    NetworkMembership,
    Practice,
    Provider,
    PublishedWait,
    Specialty,
)

PAGE = 25
ZIP, NPI, SHORTEST_PHONE = 5, 10, 7  # figures


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `miles` count only with a ZIP code."""

    words: str = ""
    specialty: str = ""
    postal_code: str = ""
    miles: int | None = None
    network: str = ""
    only_in_network: bool = False
    affiliation: str = ""
    language: str = ""
    accepts_new: bool = False


@dataclass(frozen=True)
class Row:
    """One office as the list shows it."""

    office: Any
    specialties: tuple[str, ...]
    miles: float | None
    in_network: bool | None
    fax: Record
    accepts_new: bool | None
    waits: tuple[Mapping[str, Any], ...]

    @property
    def town(self) -> str:
        """The first address's town."""
        first = self.office.places[0] if self.office.places else None
        return f"{first['city']}, {first['state']}" if first else ""


@dataclass(frozen=True)
class Page:
    """Some rows, how many there are in all, and whether more follow."""

    rows: list[Row]
    total: int
    number: int

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.number * PAGE < self.total


def page_of(filters: Filters, *, number: int, today: date) -> Page:
    """One page of the offices that fit: the nearest first where a ZIP code is given, else by name."""
    offices = matching(filters, today)
    if filters.postal_code and places.centre_of(filters.postal_code):
        near = _by_distance(offices, filters)
        some = dict(near[PAGE * (number - 1) : PAGE * number])
        rows = {row.pk: row for row in _with_facts(Practice.objects.filter(pk__in=some), filters)}
        return Page([_row(rows[pk], miles, today) for pk, miles in some.items()], len(near), number)
    some_rows = _with_facts(offices, filters).order_by("name", "pk")[PAGE * (number - 1) : PAGE * number]
    return Page([_row(row, None, today) for row in some_rows], offices.count(), number)


def matching(filters: Filters, today: date) -> QuerySet[Practice]:
    """The offices that fit, in no order."""
    found: QuerySet[Practice] = Practice.objects.all()
    for word in _sought(filters.words):
        found = found.filter(word)
    people = _people_of(filters)
    if people:
        found = found.filter(Exists(Provider.objects.filter(people, practice=OuterRef("pk"), is_active=True)))
    if filters.affiliation:
        found = found.filter(affiliation=filters.affiliation)
    if filters.network and filters.only_in_network:
        found = found.filter(Exists(_memberships(filters.network).filter(_current(today), is_in=True)))
    return found


def _sought(typed: str) -> list[Q]:
    """Each word must fit name, clinician, specialty or town; figures are an NPI, a ZIP code or a number."""
    figures = "".join(filter(str.isdigit, typed))
    if figures and not any(map(str.isalpha, typed)):
        return [_by_figures(figures)]
    return [_by_word(word) for word in typed.replace(",", " ").split()]


def _by_figures(figures: str) -> Q:
    if len(figures) == ZIP:
        return _has(Location, postal_code__startswith=figures)
    number = Q()
    if len(figures) >= SHORTEST_PHONE:
        number = _has(Endpoint, address__endswith=figures[-10:]) | _has(
            Location, phone__endswith=figures[-10:]
        )
    return number | Q(npi=figures) | _has(Provider, npi=figures)


def _by_word(word: str) -> Q:
    person = (
        Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(specialty__name__icontains=word)
    )
    clinicians = Provider.objects.filter(person, is_active=True)
    return Q(name__icontains=word) | _of(clinicians) | _has(Location, city__icontains=word)


def _has(model: Any, **facts: Any) -> Q:
    return _of(model.objects.filter(**facts))


def _of(rows: QuerySet[Any]) -> Q:
    """Offices that the rows belong to. Not correlated: under an OR, PostgreSQL reads such a list once."""
    return Q(pk__in=rows.values("practice"))


def _people_of(filters: Filters) -> Q:
    wanted = Q()
    if filters.specialty:
        wanted &= Q(specialty__code=filters.specialty)
    if filters.language:
        wanted &= Q(languages__contains=[filters.language])
    if filters.accepts_new:
        wanted &= Q(accepts_new=True)
    return wanted


def _current(today: date) -> Q:
    return (Q(since=None) | Q(since__lte=today)) & (Q(until=None) | Q(until__gte=today))


def _memberships(network: str | None) -> QuerySet[NetworkMembership]:
    found: QuerySet[NetworkMembership] = NetworkMembership.objects.filter(
        practice=OuterRef("pk"), network=network
    )
    return found


# ---------------------------------------------------------------- where they are


def _by_distance(offices: QuerySet[Practice], filters: Filters) -> list[tuple[UUID, float | None]]:
    names = dict(offices.values_list("pk", "name"))
    away: dict[UUID, float] = {}
    for office_id, code in Location.objects.filter(practice__in=offices).values_list(
        "practice", "postal_code"
    ):
        miles = places.miles_between_zips(filters.postal_code, code)
        if miles is not None:
            away[office_id] = min(miles, away.get(office_id, miles))
    placed = [(pk, away.get(pk)) for pk in names]
    if filters.miles is not None:
        placed = [(pk, miles) for pk, miles in placed if miles is not None and miles <= filters.miles]
    return sorted(placed, key=lambda one: (one[1] is None, one[1] or 0, names[one[0]], one[0]))


def nearest(postal_code: str, others: Iterable[str]) -> float | None:
    """Miles to the nearest of some ZIP codes; None when none can be placed."""
    miles = [places.miles_between_zips(postal_code, other) for other in others]
    return min((one for one in miles if one is not None), default=None)


# ---------------------------------------------------------------- the rows


def _with_facts(offices: QuerySet[Practice], filters: Filters) -> QuerySet[Practice]:
    of_office = {"practice": OuterRef("pk")}
    addresses = Location.objects.filter(**of_office).order_by("pk")
    people = Provider.objects.filter(**of_office, is_active=True)
    waits = PublishedWait.objects.filter(**of_office).order_by("-referrals")
    return offices.annotate(
        places=ArraySubquery(addresses.values(row=JSONObject(city="city", state="state"))),
        people=ArraySubquery(
            people.values(row=JSONObject(id="pk", specialty="specialty__name", accepts="accepts_new"))
        ),
        waits_known=ArraySubquery(
            waits.values(row=JSONObject(specialty="specialty__name", days="median_days", n="referrals"))
        ),
        fax_uses=fax_uses(OuterRef("pk")),
        standing=ArraySubquery(
            _memberships(filters.network or None).values(
                row=JSONObject(is_in="is_in", provider_id="provider_id", since="since", until="until")
            )
        ),
        reported=Exists(DirectoryReport.objects.filter(**of_office, settled_at=None)),
    )


def fax_uses(office: Any) -> ArraySubquery:
    """The last tries of an office's preferred fax number, the newest first."""
    uses = EndpointUse.objects.filter(
        endpoint__practice=office, endpoint__kind=Endpoint.Kind.FAX, endpoint__is_preferred=True
    )
    return ArraySubquery(uses.order_by("-at").values(row=JSONObject(at="at", worked="worked"))[:SHOWN])


def _row(office: Any, miles: float | None, today: date) -> Row:
    answers = {one["accepts"] for one in office.people}
    return Row(
        office=office,
        specialties=tuple(sorted({one["specialty"] for one in office.people if one["specialty"]})),
        miles=miles,
        in_network=standing.in_network(
            map(membership_of, office.standing or ()),
            clinicians=[UUID(p["id"]) for p in office.people],
            on=today,
        ),
        fax=record_of(office.fax_uses),
        accepts_new=True if True in answers else False if answers == {False} else None,
        waits=tuple(one for one in office.waits_known if one["days"] is not None),
    )


def membership_of(row: Mapping[str, Any]) -> standing.Membership:
    """From a row as JSON has it."""
    provider, since, until = row["provider_id"], row["since"], row["until"]
    return standing.Membership(
        row["is_in"],
        UUID(provider) if provider else None,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
    )


# ---------------------------------------------------------------- what one may choose


def networks_and_plans() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices in two groups. A plan's value is the network that it pays in full, a full stop, and its id."""
    rows = list(
        Network.objects.order_by("name", "plans__name").values_list("pk", "name", "plans", "plans__name")
    )
    networks = dict.fromkeys((str(pk), name) for pk, name, _, _ in rows)
    plans = [(f"{pk}.{plan}", plan_name) for pk, _, plan, plan_name in rows if plan]
    return [("Networks", list(networks)), ("Plans", sorted(plans, key=itemgetter(1)))]


def specialties() -> list[tuple[str, str]]:
    """Specialties by name."""
    return list(Specialty.objects.order_by("name").values_list("code", "name"))


def open_reports() -> QuerySet[DirectoryReport]:
    """What people said is wrong and nobody has settled, the oldest first."""
    found: QuerySet[DirectoryReport] = (
        DirectoryReport.objects.filter(settled_at=None)
        .select_related("practice", "endpoint", "provider", "reported_by__user")
        .order_by("reported_at")
    )
    return found
