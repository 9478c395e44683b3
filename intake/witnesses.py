"""Those who know what came without asking the inbox: fax services, stored documents, the watched folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, QuerySet

from intake import watching
from intake.models import Arrival, ArrivalQuerySet, Delivery
from organizations.models import Organization
from referrals import storing
from referrals.models import Document

FETCHED_WITHIN = timedelta(minutes=30)
TAKEN_WITHIN = timedelta(hours=1)  # from the watched folder
FOUND_WITHIN = timedelta(minutes=5)  # the search for stuck readings looks each minute
OPENED = 50  # originals of a day: opening every one each hour would cost more than it finds

READ_WHOLE = [
    Arrival.State.READY, Arrival.State.ACCEPTED, Arrival.State.ATTACHED, Arrival.State.NOT_REFERRAL,
]  # fmt: skip

Missing = tuple[str, str]  # kind (ledger.KINDS) and id
Finding = tuple[str, Missing]  # the door it came by first


@dataclass(frozen=True)
class Span:
    """A calendar day of the organization, and now."""

    day: date
    zone: tzinfo
    now: datetime

    @property
    def starts(self) -> datetime:
        """Midnight before it."""
        return datetime.combine(self.day, time(), self.zone)

    @property
    def ends(self) -> datetime:
        """Midnight after it: 23 to 25 hours later."""
        return datetime.combine(self.day + timedelta(days=1), time(), self.zone)

    @property
    def is_today(self) -> bool:
        """Whether the day is still running."""
        return self.starts <= self.now < self.ends


def arrived(span: Span) -> list[tuple[str, int]]:
    """How many stand in the inbox or are on their way from a fax service, by door."""
    in_inbox = _arrivals(span).values_list("source").annotate(number=Count("pk"))
    coming = _told(span).count() - _late(span).count()
    return [*in_inbox, *([("fax", coming)] if coming else [])]


def not_there(span: Span, organization: Organization) -> Iterator[Finding]:
    """What came and is in no inbox."""
    yield from _deliveries(span)
    yield from _documents(span)
    yield from _files(span, Path(settings.WATCHED_FOLDER) / organization.slug)


def not_whole(span: Span, again: set[Missing]) -> Iterator[Finding]:
    """What stands in the inbox but is stuck, short of pages, or only a row without its original."""
    arrivals = _arrivals(span).select_related("document")
    stuck = arrivals.stuck(span.now - FOUND_WITHIN)
    short = arrivals.filter(deliveries__pages__gt=F("pages_total"), state__in=READ_WHOLE)
    for kind, rows in (("reading", stuck), ("pages", short)):
        for source, pk in rows.order_by("pk").distinct().values_list("source", "pk"):
            yield source, (kind, str(pk))
    before = [UUID(pk) for kind, pk in again if kind == "original"]
    latest = arrivals.exclude(pk__in=before).order_by("-received_at")[:OPENED]
    yield from _originals([*arrivals.filter(pk__in=before), *latest])


def _arrivals(span: Span) -> ArrivalQuerySet:
    came: ArrivalQuerySet = Arrival.objects.filter(received_at__gte=span.starts, received_at__lt=span.ends)
    return came


def _deliveries(span: Span) -> Iterator[Finding]:
    """Told of by a fax service, and not taken in within half an hour."""
    for pk in _late(span).order_by("pk").values_list("pk", flat=True):
        yield "fax", ("delivery", str(pk))


def _told(span: Span) -> QuerySet[Delivery]:
    return Delivery.objects.filter(told_at__gte=span.starts, told_at__lt=span.ends, arrival=None)


def _late(span: Span) -> QuerySet[Delivery]:
    return _told(span).exclude(state=Delivery.State.TOLD, told_at__gt=span.now - FETCHED_WITHIN)


def _documents(span: Span) -> Iterator[Finding]:
    """Ever stored as a fax, as the past of the documents says, which nobody can change."""
    stored = Document.history.filter(
        history_type="+", kind=Document.Kind.FAX, added_at__gte=span.starts, added_at__lt=span.ends,
        id__gte=_oldest_key(span.starts - timedelta(days=1)),
    )  # fmt: skip
    by = dict(stored.values_list("id", "added_by"))
    known = Arrival.objects.filter(document__in=by).values_list("document", flat=True)
    unlocked = Arrival.objects.filter(unlocked__in=by).values_list("unlocked", flat=True)
    for pk in sorted(by.keys() - set(known) - set(unlocked)):
        yield ("upload" if by[pk] else "fax"), ("document", str(pk))


def _oldest_key(moment: datetime) -> UUID:
    """The first version 7 key of a moment (RFC 9562, 5.7): by it the index finds a day among years."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _files(span: Span, folder: Path) -> Iterator[Finding]:
    """Taken from the watched folder without becoming a fax, or left there; only where it can be seen."""
    marks = {mark for moved_at, mark in watching.taken(folder) if span.starts <= moved_at < span.ends}
    known = Arrival.objects.filter(source="folder", vendor_id__in=marks).values_list("vendor_id", flat=True)
    for mark in sorted(marks - set(known)):
        yield "folder", ("taken", mark)
    if span.is_today:
        for mark in watching.left_lying(folder, since=span.now - TAKEN_WITHIN):
            yield "folder", ("waiting", mark)


def _originals(arrivals: Iterable[Arrival]) -> Iterator[Finding]:
    """Those that do not open: the first piece proves that the file, its key and its place belong together."""
    for arrival in arrivals:
        try:
            next(storing.pieces(arrival.document), b"")
        except storing.GatewayUnavailable:
            return  # the store is away, which is another alarm; nothing can be said about the rest
        except storing.GatewayError:
            yield arrival.source, ("original", str(arrival.pk))
