"""What arrives: a stored original and its pages."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from jobs.models import Job
from organizations.history import TrackedQuerySet, history
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel, scoped
from providers.models import Practice
from referrals.models import Document, Referral

CLAIM_MINUTES = 10
STUCK_MINUTES = 10
READ = "intake.read"
LINES = "\n"  # between the two lines of a summary
OPEN_PAPER = Q(readings__handled_at=None, readings__put_aside_by=None)


class ArrivalQuerySet(TrackedQuerySet):
    """Reads of the inbox."""

    def waiting(self) -> "ArrivalQuerySet":
        """A person's turn."""
        return self.filter(state__in=Arrival.WAITING)

    def being_read(self) -> "ArrivalQuerySet":
        """The machine's turn."""
        return self.filter(state__in=Arrival.BEING_READ)

    def stuck(self, now: datetime) -> "ArrivalQuerySet":
        """In the machine's hands for ten minutes, and no job is left that would read them."""
        at_work = Job.objects.waiting().filter(name=READ, dedupe_key=OuterRef("read_key"))
        since = now - timedelta(minutes=STUCK_MINUTES)
        return self.being_read().filter(read_asked_at__lt=since).exclude(Exists(at_work))

    def unclaimed(self, membership: Membership, now: datetime) -> "ArrivalQuerySet":
        """Nobody else has them open."""
        live = Q(claimed_at__gt=now - timedelta(minutes=CLAIM_MINUTES)) & ~Q(claimed_by=None)
        return self.exclude(live & ~Q(claimed_by=membership))

    def for_rows(self) -> "ArrivalQuerySet":
        """With all that a row of the inbox shows."""
        return self.select_related(
            "sender",
            "document__added_by",
            "claimed_by__user",
            "finished_by__user",
            "referral",
            "duplicate_of",
        ).annotate(
            papers=Count("readings", filter=OPEN_PAPER, distinct=True),
            doubts=Count(
                "readings__fields",
                filter=OPEN_PAPER & Q(readings__fields__checked_by=None) & ~Q(readings__fields__why=""),
            ),
        )


class Arrival(OrganizationModel):
    """One artefact in the door. Stored before anything else happens; it always ends in a visible state."""

    class State(models.TextChoices):
        """Where it stands. Each has one sentence on the page."""

        RECEIVED = "received", "Waiting to be read"
        READING = "reading", "Being read"
        READY = "ready", "Ready to check"
        PASSWORD_NEEDED = "password_needed", "Needs a password"
        UNREADABLE = "unreadable", "Could not be read"
        ACCEPTED = "accepted", "Accepted"
        ATTACHED = "attached", "Attached to a referral"
        NOT_REFERRAL = "not_referral", "Not a referral"
        DUPLICATE = "duplicate", "Sent twice"

    BEING_READ: ClassVar[list[str]] = [State.RECEIVED, State.READING]
    WAITING: ClassVar[list[str]] = [State.READY, State.PASSWORD_NEEDED, State.UNREADABLE]
    FINISHED: ClassVar[list[str]] = [State.ACCEPTED, State.ATTACHED, State.NOT_REFERRAL, State.DUPLICATE]

    source = models.CharField(max_length=10, help_text="fax, upload or folder")
    from_number = models.CharField(max_length=20, blank=True, help_text="E.164")
    to_number = models.CharField(max_length=20, blank=True)
    vendor_id = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(
        max_length=120, blank=True, help_text="As the sender called it; never trusted"
    )
    received_at = models.DateTimeField(default=timezone.now)
    document = OrganizationForeignKey(Document, models.PROTECT, related_name="arrivals")
    unlocked = OrganizationForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The copy that a typed password opened; the password itself is not kept",
    )  # fmt: skip
    sender = OrganizationForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="arrivals")
    state = models.CharField(max_length=16, choices=State.choices, default=State.RECEIVED)
    sentence = models.CharField(max_length=200, blank=True, help_text="What happened, and what to do")
    pages_total = models.PositiveIntegerField(null=True, blank=True)
    pages_read = models.PositiveIntegerField(default=0)
    doc_class = models.CharField(max_length=20, blank=True)
    summary = models.CharField(
        max_length=160, blank=True, help_text="Who and what, on two lines, for the list"
    )
    read_key = models.CharField(max_length=36, blank=True, help_text="Names the job that reads it")
    read_asked_at = models.DateTimeField(null=True, blank=True)
    reading_since = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    claimed_by = OrganizationForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    duplicate_of = OrganizationForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    looks_like = OrganizationForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="lookalikes",
        help_text="An earlier one whose pages look the same; a person says whether it was sent twice",
    )  # fmt: skip
    referral = OrganizationForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="arrivals"
    )

    objects: ClassVar[Any] = scoped(ArrivalQuerySet)
    history = history()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "state", "received_at"], name="arrivals_by_state"),
            models.Index(fields=["organization", "-received_at"], name="arrivals_latest"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "source", "vendor_id"],
                condition=~Q(vendor_id=""),
                name="one_arrival_per_delivery",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.source})"

    @property
    def readable(self) -> Document:
        """The file to read: the unlocked copy where there is one."""
        return self.unlocked or self.document

    @property
    def who(self) -> str:
        """The first line of the summary: whom it is about."""
        return self.summary.partition(LINES)[0]

    @property
    def what(self) -> str:
        """The second line of the summary: what it asks for."""
        return self.summary.partition(LINES)[2]

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self.state in self.FINISHED

    @property
    def claimed_until(self) -> datetime | None:
        """When the claim runs out unless it is renewed."""
        return (
            self.claimed_at + timedelta(minutes=CLAIM_MINUTES)
            if self.claimed_by_id and self.claimed_at
            else None
        )

    def is_claimed_by_another(self, membership: Membership, now: datetime) -> bool:
        """Whether a colleague has it open; a claim runs out after ten minutes."""
        until = self.claimed_until
        return until is not None and self.claimed_by_id != membership.pk and now < until


class Page(OrganizationModel):
    """One page: its picture (sealed) and its words."""

    kept_by = "append-only"

    arrival = OrganizationForeignKey(Arrival, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    picture = OrganizationForeignKey(Document, models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    turned = models.SmallIntegerField(default=0, help_text="Degrees the page was turned to stand upright")
    words = models.JSONField(default=list, help_text="[text, x, y, width, height, confidence]")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Likeness of the page without its header strip, hexadecimal"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "arrival", "number"], name="one_page_per_number")
        ]

    def __str__(self) -> str:
        return f"page {self.number}"
