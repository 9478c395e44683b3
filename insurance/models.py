"""Who pays: payers, plans, a patient's coverage, and what the payer said when asked."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from organizations.crypto import EncryptedTextField, blind_index
from organizations.history import history
from organizations.models import OrganizationForeignKey, OrganizationModel
from patients.models import Patient
from providers.models import Network


class Payer(OrganizationModel):
    """An insurer, known to the clearinghouse by its payer id."""

    name = models.CharField(max_length=120)
    payer_id = models.CharField(max_length=20)
    phone = models.CharField(max_length=20, blank=True)

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "payer_id"], name="one_payer_per_id")
        ]

    def __str__(self) -> str:
        return self.name


class Plan(OrganizationModel):
    """One product of a payer."""

    payer = OrganizationForeignKey(Payer, models.PROTECT, related_name="plans")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, blank=True, help_text="PPO, HMO, Medicare Advantage")
    network = OrganizationForeignKey(
        Network, models.SET_NULL, null=True, blank=True, related_name="plans",
        help_text="Whom it pays in full",
    )  # fmt: skip

    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "payer", "name"], name="one_plan_per_name")
        ]

    def __str__(self) -> str:
        return self.name


def member_key(member_id: str) -> str:
    """A member id without the spaces and dashes people add."""
    return "".join(c for c in member_id.upper() if c.isalnum())


class Coverage(OrganizationModel):
    """A patient's membership of a plan. The member id is sealed; its blind index finds equal ones."""

    patient = OrganizationForeignKey(Patient, models.PROTECT, related_name="coverages")
    payer = OrganizationForeignKey(Payer, models.PROTECT, related_name="coverages")
    plan = OrganizationForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="coverages")
    member_id = EncryptedTextField(null=True)
    member_id_index = models.BinaryField(max_length=16, null=True, editable=False)
    group_number = models.CharField(max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(default=1, help_text="1 is primary")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    history = history(excluded_fields=("member_id",))

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "member_id_index"], name="coverages_by_member")
        ]

    def __str__(self) -> str:
        return str(self.plan or self.payer)

    def save(self, **kwargs: Any) -> None:
        """Keep the blind index equal to the member id."""
        self.member_id_index = self.index_of(str(self.member_id)) if self.member_id else None
        super().save(**kwargs)

    @staticmethod
    def index_of(member_id: str) -> bytes:
        """What an equal member id would be indexed as."""
        return blind_index(member_key(member_id), column="insurance_coverage.member_id")


class EligibilityCheck(OrganizationModel):
    """One question to a payer (X12 270) and its answer (271)."""

    class State(models.TextChoices):
        """What is known. Green is `active` only."""

        PENDING = "pending", "Asking the payer"
        ACTIVE = "active", "Active"
        INACTIVE = "inactive", "Not active"
        NEEDS_INFO = "needs_info", "Payer needs a correction"
        PAYER_DOWN = "payer_down", "Payer did not answer"

    coverage = OrganizationForeignKey(Coverage, models.CASCADE, related_name="checks")
    about_id = models.UUIDField(null=True, help_text="The referral that asked, for those above to follow")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PENDING)
    service_on = models.DateField()
    trace = models.CharField(max_length=40)
    control_number = models.BigIntegerField(default=0)
    question = EncryptedTextField(null=True)
    answer = EncryptedTextField(null=True)
    sentence = models.CharField(max_length=300, blank=True, help_text="What it means, for a person")
    plan_name = models.CharField(max_length=120, blank=True)
    auth_required = models.CharField(max_length=7, default="unknown", help_text="yes, no or unknown")
    rejections = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    history = history(excluded_fields=("question", "answer"))

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "coverage", "-asked_at"], name="checks_of_a_coverage")
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "trace"], name="one_check_per_trace")
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}"


class Benefit(OrganizationModel):
    """One line of a payer's answer (271 EB)."""

    kept_by = "append-only"

    check_made = OrganizationForeignKey(EligibilityCheck, models.CASCADE, related_name="benefits")
    kind = models.CharField(max_length=20)
    service_type = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=8, default="unknown")
    period = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_remaining = models.BooleanField(default=False)
    message = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.kind
