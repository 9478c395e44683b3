"""The ways into an office, how each has worked, and what people say is wrong."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.history import TrackedQuerySet, history
from organizations.models import Membership, OrganizationForeignKey, OrganizationModel, scoped
from providers.models.directory import Location, Practice, Provider


class EndpointQuerySet(TrackedQuerySet):
    """The ways into an office, kept in step with the entry's own numbers."""

    def open(self) -> "EndpointQuerySet":
        """Those that nobody has said are wrong."""
        return self.filter(closed_at=None)

    def follow(self, practice: Practice) -> None:
        """Make each number of the entry the preferred way of its kind; the others stay, not preferred."""
        known = {(way.kind, way.address): way for way in self.filter(practice=practice)}
        wanted = {(kind, getattr(practice, kind)) for kind in Endpoint.ON_THE_ENTRY}
        for kind, address in sorted(wanted - set(known)):
            if address:
                self.create(practice=practice, kind=kind, address=address, is_preferred=True)
        for key, way in known.items():
            is_wanted = key in wanted
            if key[0] in Endpoint.ON_THE_ENTRY and (
                way.is_preferred != is_wanted or (is_wanted and way.closed_at)
            ):
                way.is_preferred, way.closed_at = is_wanted, None if is_wanted else way.closed_at
                way.save(update_fields=["is_preferred", "closed_at"])


class Endpoint(OrganizationModel):
    """One way into an office. Its own fax, phone and e-mail are the preferred ways of those kinds."""

    class Kind(models.TextChoices):
        """What it is."""

        FAX = "fax", "Fax"
        PHONE = "phone", "Phone"
        DIRECT = "direct", "Direct address"
        EMAIL = "email", "E-mail"
        FHIR = "fhir", "FHIR"
        HL7 = "hl7", "HL7 v2"

    ON_THE_ENTRY: ClassVar[tuple[str, ...]] = (Kind.FAX, Kind.PHONE, Kind.EMAIL)  # columns of Practice

    practice = OrganizationForeignKey(Practice, models.CASCADE, related_name="endpoints")
    location = OrganizationForeignKey(
        Location, models.CASCADE, null=True, blank=True, related_name="endpoints"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    address = models.CharField(max_length=200, help_text="E.164, an address or a URL")
    is_preferred = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Known to be wrong since")

    objects: ClassVar[Any] = scoped(EndpointQuerySet)
    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "practice", "kind", "address"], name="one_endpoint_each"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "kind", "address"], name="endpoints_by_address")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.address}"


class EndpointUse(OrganizationModel):
    """One try to reach an office this way, and whether it worked."""

    kept_by = "append-only"

    endpoint = OrganizationForeignKey(Endpoint, models.PROTECT, related_name="uses")
    at = models.DateTimeField(default=timezone.now)
    worked = models.BooleanField()
    detail = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "endpoint", "-at"], name="endpoint_uses_latest")
        ]

    def __str__(self) -> str:
        return "worked" if self.worked else "failed"


class DirectoryReport(OrganizationModel):
    """Somebody says that an entry is wrong."""

    practice = OrganizationForeignKey(Practice, models.CASCADE, related_name="reports")
    provider = OrganizationForeignKey(Provider, models.CASCADE, null=True, blank=True, related_name="reports")
    endpoint = OrganizationForeignKey(Endpoint, models.CASCADE, null=True, blank=True, related_name="reports")
    what = models.CharField(max_length=30, help_text="Which part is wrong")
    note = models.CharField(max_length=200, blank=True)
    reported_by = OrganizationForeignKey(Membership, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now)
    settled_by = OrganizationForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    history = history()

    def __str__(self) -> str:
        return self.what
