"""The fax inbox: a day, its ledger from one grouped query, and its list in pages that do not shift."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from intake.ledger import adrift
from intake.models import READ, STUCK_MINUTES, Arrival, ArrivalQuerySet, Reading
from jobs.models import Job
from organizations.models import Membership

State = Arrival.State
PAGE = 50
HELP: list[str] = [State.PASSWORD_NEEDED, State.UNREADABLE]
OPEN = [*Arrival.BEING_READ, *Arrival.WAITING]
VIEWS: dict[str, list[str]] = {
    "waiting": [State.READY],
    "reading": Arrival.BEING_READ,
    "help": HELP,
    "done": Arrival.FINISHED,
    "all": list(State),
}
OLDEST_FIRST = {"waiting", "reading", "help"}


@dataclass(frozen=True)
class Day:
    """A clinic's calendar day. Today also holds what is still open from before: none may fall off."""

    on: date
    today: date
    zone: tzinfo

    @property
    def is_today(self) -> bool:
        """Whether the day is still running."""
        return self.on == self.today

    @property
    def before(self) -> date:
        """The day before."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date | None:
        """The next day, unless this is today."""
        return None if self.is_today else self.on + timedelta(days=1)

    def arrivals(self) -> ArrivalQuerySet:
        """What came on the day."""
        starts = datetime.combine(self.on, time(), self.zone)
        ends = datetime.combine(self.on + timedelta(days=1), time(), self.zone)
        came = Q(received_at__gte=starts, received_at__lt=ends)
        still_open = Q(received_at__lt=starts, state__in=OPEN)
        found: ArrivalQuerySet = Arrival.objects.filter(came | still_open if self.is_today else came)
        return found


@dataclass(frozen=True)
class Ledger:
    """How many came, and where each is. What came and is nowhere is lost, and is said so."""

    came: int
    waiting: int
    reading: int
    need_help: int
    accepted: int
    attached: int
    not_referrals: int
    duplicates: int
    late: int
    adrift: int = 0  # on any day, and nobody has said why

    @property
    def done(self) -> int:
        """Those that need nobody any more."""
        return self.accepted + self.attached + self.not_referrals + self.duplicates

    @property
    def accounted(self) -> int:
        """Those in somebody's hands, or done."""
        return self.waiting + self.reading + self.need_help + self.done

    @property
    def lost(self) -> int:
        """Those in nobody's hands."""
        return self.came - self.accounted

    @property
    def counts(self) -> dict[str, int]:
        """The count of each view."""
        return {
            "waiting": self.waiting,
            "reading": self.reading + self.lost,
            "help": self.need_help,
            "done": self.done,
            "all": self.came,
        }

    @property
    def parts(self) -> str:
        """12 waiting, 2 reading, 19 accepted, 1 duplicate."""
        named = [(getattr(self, f.name), f.name.replace("_", " ")) for f in fields(self)[1:-2]]
        return ", ".join(
            f"{count} {name.removesuffix('s') if count == 1 else name}" for count, name in named if count
        )

    @property
    def stamp(self) -> str:
        """Differs when something has come or moved."""
        return "-".join(str(getattr(self, f.name)) for f in fields(self)[:-2])


def ledger(day: Day, now: datetime) -> Ledger:
    """A day's counts in one query. "Being read" counts only while a job is there that will do it."""
    at_work = Exists(Job.objects.waiting().filter(name=READ, dedupe_key=OuterRef("read_key")))
    fresh = Q(read_asked_at__gte=now - timedelta(minutes=STUCK_MINUTES))
    counts = day.arrivals().aggregate(
        came=Count("pk"),
        waiting=Count("pk", filter=Q(state=State.READY)),
        reading=Count("pk", filter=Q(state__in=Arrival.BEING_READ) & (fresh | Q(at_work))),
        need_help=Count("pk", filter=Q(state__in=HELP)),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        attached=Count("pk", filter=Q(state=State.ATTACHED)),
        not_referrals=Count("pk", filter=Q(state=State.NOT_REFERRAL)),
        duplicates=Count("pk", filter=Q(state=State.DUPLICATE)),
        late=Count("pk", filter=Q(state__in=OPEN, due_at__lt=now)),
    )
    return Ledger(**counts, adrift=adrift())


@dataclass(frozen=True)
class Listed:
    """One page of a view, and where the next begins."""

    arrivals: Sequence[Arrival]
    next_after: UUID | None


def page_of(day: Day, view: str, *, after: UUID | None = None) -> Listed:
    """Fifty arrivals of a view: what needs somebody oldest first, the rest newest first."""
    oldest_first = view in OLDEST_FIRST
    rows = day.arrivals().filter(state__in=VIEWS[view])
    if after and (last := Arrival.objects.filter(pk=after).values_list("received_at", "pk").first()):
        came, pk = last
        beyond = Q(received_at__gt=came) | Q(received_at=came, pk__gt=pk)
        before = Q(received_at__lt=came) | Q(received_at=came, pk__lt=pk)
        rows = rows.filter(beyond if oldest_first else before)
    order = ["received_at", "pk"] if oldest_first else ["-received_at", "-pk"]
    found = list(rows.for_rows().order_by(*order)[: PAGE + 1])
    return Listed(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def next_waiting(membership: Membership, now: datetime) -> Arrival | None:
    """The first fax to check that nobody else has open."""
    ready = Arrival.objects.filter(state=State.READY).unclaimed(membership, now)
    first: Arrival | None = ready.order_by("received_at", "pk").first()
    return first


def with_place(arrivals: ArrivalQuerySet, membership: Membership, now: datetime) -> ArrivalQuerySet:
    """Each with `place_number` of `place_of` waiting faxes and `next_pk`, the fax to check after it."""
    waiting = Arrival.objects.waiting()
    came, before = OuterRef("received_at"), Q(received_at__lt=OuterRef("received_at"))
    behind = Q(received_at__gt=came) | Q(received_at=came, pk__gt=OuterRef("pk"))
    others = Arrival.objects.filter(state=State.READY).exclude(pk=OuterRef("pk")).unclaimed(membership, now)
    following = others.annotate(turn=Case(When(behind, then=0), default=1)).order_by(
        "turn", "received_at", "pk"
    )
    placed: ArrivalQuerySet = arrivals.annotate(
        place_number=_counted(waiting.filter(before | Q(received_at=came, pk__lte=OuterRef("pk")))),
        place_of=_counted(waiting),
        next_pk=Subquery(following.values("pk")[:1]),
    )
    return placed


def _counted(rows: QuerySet[Arrival]) -> Coalesce:
    counted = rows.order_by().values("organization").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))


def patients_on(arrivals: Sequence[Arrival]) -> list[UUID]:
    """The patients we know these arrivals to be about, for the access log."""
    matched: list[Any] = list(
        Reading.objects.standing()
        .filter(arrival__in=arrivals)
        .exclude(matched_patient=None)
        .values_list("matched_patient", flat=True)
    )
    return list(dict.fromkeys([*matched, *(a.referral.patient_id for a in arrivals if a.referral)]))
