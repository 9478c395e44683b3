"""Organizations, the people who work in them, and the base of every tenant row."""

from datetime import datetime, time
from typing import Any, ClassVar, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from organizations.history import TrackedQuerySet, history
from organizations.ids import readable_code, uuid7
from organizations.roles import ROLE_CHOICES, ROLES, may
from organizations.scope import current_organization_id, organization_in_scope


def new_link_key() -> str:
    """Four readable characters that name an organization inside its links and codes."""
    return readable_code(4)


class Organization(models.Model):
    """A practice or health system: one tenant. Global row; everything else hangs below it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(
        max_length=30, help_text="What patients see in a text. It must not reveal a specialty."
    )
    phone = models.CharField(max_length=20, help_text="E.164")
    fax = models.CharField(max_length=20, blank=True, help_text="E.164")
    npi = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=60, blank=True)
    time_zone = models.CharField(max_length=40, default="America/Chicago")
    opens_at = models.TimeField(default=time(8))
    closes_at = models.TimeField(default=time(17))
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    mfa_required = models.BooleanField(default=False)
    link_key = models.CharField(max_length=4, unique=True, default=new_link_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's own time zone."""
        return ZoneInfo(self.time_zone)


class OrganizationForeignKey(models.ForeignKey):
    """A key between tenant rows. Its constraint is the composite one that `rls.Isolate` adds."""

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


class ScopedManager(models.Manager):
    """Only the organization in scope; raises NoOrganization when there is none."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows of the organization in scope."""
        return super().get_queryset().filter(organization_id=current_organization_id())


def scoped(queryset: type[models.QuerySet[Any]] = TrackedQuerySet) -> Any:
    """A scoped manager carrying the given queryset's methods."""
    return ScopedManager.from_queryset(queryset)()


class OrganizationModel(models.Model):
    """A tenant row. `kept_by` says where its past is: in `history`, in itself (append-only), or nowhere."""

    kept_by: ClassVar[str] = "history"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, default=organization_in_scope, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = scoped()

    class Meta:
        abstract = True

    def refresh(self) -> Self:
        """This row as the database has it now."""
        self.refresh_from_db()
        return self


class Site(OrganizationModel):
    """One address at which an organization sees patients."""

    name = models.CharField(max_length=80)
    line1 = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    postal_code = models.CharField(max_length=10)
    phone = models.CharField(max_length=20, blank=True)

    history = history()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who can sign in with this address."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Addresses are compared without case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Global row: the same person may work for several organizations."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    credential = models.CharField(max_length=20, blank=True, help_text="RN, MD")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.credential}" if self.credential else self.full_name

    def save(self, **kwargs: Any) -> None:
        """A new person's address is proved, by the invitation; else allauth would let them take any other."""
        from allauth.account.models import EmailAddress

        is_new = self._state.adding
        super().save(**kwargs)
        if is_new:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @property
    def initials(self) -> str:
        """Two letters for an avatar."""
        words = self.full_name.split()
        return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()


class Membership(OrganizationModel):
    """A person's job in one organization. Readable by that person before an organization is chosen."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Any] = TrackedQuerySet.as_manager()  # row security alone: read before a scope exists
    history = history()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "user"], name="one_membership_per_person")
        ]

    is_current = False  # set by the shell on the one that is open

    def __str__(self) -> str:
        return f"{self.user} ({self.role_label})"

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label

    def may(self, permission: str) -> bool:
        """Whether this person may do it here."""
        return may(self.role, permission)


class Invitation(OrganizationModel):
    """An offer to join, proved by a link sent to the address."""

    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = history()

    def __str__(self) -> str:
        return f"{self.full_name} ({self.role_label})"

    @property
    def role_label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label


class AccessLink(OrganizationModel):
    """A secret address for someone without an account. Only the token's hash is kept.

    45 CFR 164.312(d) asks that a person is who they claim: a link alone opens a page that names only the
    practice; what lies behind asks for one more fact and closes after `MAX_FAILURES` wrong answers.
    """

    MAX_FAILURES = 3

    purpose = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    token_hash = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = history(excluded_fields=("token_hash",))

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "token_hash"], name="one_link_per_token")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "subject_id"], name="links_of_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} link"

    def is_open(self, now: datetime) -> bool:
        """Whether the link still leads anywhere."""
        return self.revoked_at is None and now < self.expires_at

    @property
    def is_locked(self) -> bool:
        """Whether too many wrong answers were given."""
        return self.failures >= self.MAX_FAILURES

    @property
    def tries_left(self) -> int:
        """Wrong answers that are still forgiven."""
        return max(0, self.MAX_FAILURES - self.failures)


class Counter(OrganizationModel):
    """The last public number given out of one kind (referrals, interchange controls)."""

    kept_by = "itself"

    kind = models.CharField(max_length=30)
    value = models.BigIntegerField(default=0)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "kind"], name="one_counter_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class DataKey(OrganizationModel):
    """An organization's data key, wrapped by the key-encryption key. Rotation adds a row; none changes."""

    kept_by = "append-only"

    number = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = scoped(models.QuerySet)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "number"], name="one_key_per_number")
        ]

    def __str__(self) -> str:
        return f"key {self.number}"


def organization_named(link_key: str) -> UUID | None:
    """The organization that the first four characters of a link or code name, or None."""
    if not link_key.isalnum():  # a NUL would be an error to PostgreSQL, not an unknown key
        return None
    return Organization.objects.filter(link_key=link_key).values_list("id", flat=True).first()
