"""What the demo world is made of.

Nobody here exists: every phone is 555-01xx, the block kept for fiction, and every NPI begins with 2, a row of
numbers that the standard keeps (45 CFR 162.406) and that has not been given out.
"""

from dataclasses import dataclass
from datetime import date

from providers.npi import is_npi


@dataclass(frozen=True)
class Address:
    """A US postal address."""

    street: str
    city: str
    postcode: str
    state: str = "IL"

    @property
    def town(self) -> str:
        """City, state and ZIP code, as the second line of a label."""
        return f"{self.city}, {self.state} {self.postcode}"

    def __str__(self) -> str:
        return f"{self.street}, {self.town}"


@dataclass(frozen=True)
class Site:
    """A place where an organization sees patients."""

    name: str
    address: Address
    phone: str


@dataclass(frozen=True)
class Organization:
    """A tenant of the demo."""

    slug: str
    name: str
    short_name: str
    npi: str
    phone: str
    fax: str
    sites: tuple[Site, ...]
    timezone: str = "America/Chicago"


@dataclass(frozen=True)
class Practice:
    """An office that sends or receives referrals. Phones are E.164."""

    name: str
    address: Address
    phone: str
    fax: str
    npi: str


@dataclass(frozen=True)
class Specialty:
    """A field of medicine; `taxonomy` is its NUCC Health Care Provider Taxonomy code."""

    code: str
    name: str
    taxonomy: str


@dataclass(frozen=True)
class Provider:
    """A clinician; `specialty` is a specialty's code, `site` a Lakeside site's name or empty."""

    npi: str
    first: str
    last: str
    credential: str
    specialty: str
    practice: Practice
    site: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, without credential."""
        return f"{self.first} {self.last}"

    def __str__(self) -> str:
        return f"{self.full_name}, {self.credential}"


@dataclass(frozen=True)
class Code:
    """An ICD-10-CM or CPT code with wording of our own."""

    code: str
    words: str


@dataclass(frozen=True)
class Reason:
    """Why a patient is referred, what is asked for, and which sex and ages it fits."""

    text: str
    diagnoses: tuple[Code, ...]
    services: tuple[Code, ...] = ()
    sex: str = ""
    youngest: int = 0
    oldest: int = 120

    def fits(self, sex: str, age: int) -> bool:
        """Whether a person of this sex and age in years could be referred for it."""
        return self.sex in ("", sex) and self.youngest <= age <= self.oldest


@dataclass(frozen=True)
class Plan:
    """A product of a payer; `kind` is PPO, HMO, EPO, POS, Medicare Advantage, Medicare or Medicaid."""

    name: str
    kind: str


@dataclass(frozen=True)
class Payer:
    """An insurer. The sandbox payer requires authorization when `payer_id` ends in A."""

    payer_id: str
    name: str
    member_prefix: str
    plans: tuple[Plan, ...]


@dataclass(frozen=True)
class AuthorizationRule:
    """What a payer wants approved beforehand. Empty fields match anything; the most specific rule decides."""

    payer_id: str
    required: bool
    plan_kind: str = ""
    specialty: str = ""
    cpt: str = ""
    visits: int = 1
    valid_days: int = 90
    note: str = ""


@dataclass(frozen=True)
class Patient:
    """A person with insurance. The last digit of `member_id` decides what the sandbox payer answers."""

    first: str
    middle: str
    last: str
    born: date
    sex: str
    address: Address
    mobile: str
    language: str
    needs_interpreter: bool
    mrn: str
    payer_id: str
    plan: Plan
    member_id: str
    group_number: str

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    def age(self, today: date) -> int:
        """Whole years on the given day."""
        return today.year - self.born.year - ((today.month, today.day) < (self.born.month, self.born.day))


@dataclass(frozen=True)
class DemoUser:
    """Someone who signs in; `role` is a key of organizations.roles.ROLES, `organization` a slug."""

    email: str
    name: str
    role: str
    organization: str


def npi(serial: int) -> str:
    """A ten-digit NPI that begins with 2, with its check digit. Serials give scattered numbers."""
    nine = f"2{serial * 48_270_391 % 99_999_989:08d}"
    return next(nine + digit for digit in "0123456789" if is_npi(nine + digit))


def phone(last_four: str, area: str = "217") -> str:
    """An E.164 number of the block kept for fiction: last_four is 0100 to 0199."""
    return f"+1{area}555{last_four}"
