"""Scenes in one line: plain functions that make believable rows. Call them inside an organization's scope."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from insurance.models import Coverage, Payer, Plan
from organizations.models import Membership, Organization, Site, User
from organizations.numbers import next_number
from organizations.scope import organization_scope
from patients.models import ContactPoint, Patient
from providers.models import Practice, Provider, Specialty
from providers.npi import is_npi
from referrals.models import Referral
from scheduling.models import Schedule, Slot

serial = count(1)
PASSWORD = "correct horse battery staple"


def make_organization(**fields: Any) -> Organization:
    """A practice; give a slug when the test names it."""
    number = next(serial)
    defaults = {
        "slug": f"practice-{number}",
        "name": f"Practice {number}",
        "short_name": f"Practice {number}",
        "phone": "+12175550100",
        "fax": "+12175550101",
        "npi": make_npi(),
        "city": "Springfield",
    }
    return Organization.objects.create(**{**defaults, **fields})


def make_user(**fields: Any) -> User:
    """A person with the standing test password."""
    number = next(serial)
    defaults = {"email": f"person{number}@example.org", "full_name": f"Pat Person {number}"}
    return User.objects.create_user(password=PASSWORD, **{**defaults, **fields})


def make_membership(organization: Organization, role: str = "front_desk", **user_fields: Any) -> Membership:
    """A person with a job in the organization."""
    user = user_fields.pop("user", None) or make_user(**user_fields)
    with organization_scope(organization.pk, actor="command:test"):
        return Membership.objects.create(organization=organization, user=user, role=role)


def make_npi() -> str:
    """A number with a right check digit."""
    stem = f"1{next(serial):08d}"
    return next(stem + str(d) for d in range(10) if is_npi(stem + str(d)))


def make_patient(*, mobile: str = "+12175550188", consent: str = "granted", **fields: Any) -> Patient:
    """A patient with a mobile telephone that may be texted."""
    defaults = {
        "given_name": "Maria",
        "family_name": f"Delgado{next(serial)}",
        "birth_date": date(1967, 3, 14),
        "sex": "F",
    }
    patient = Patient.objects.create(**{**defaults, **fields})
    if mobile:
        ContactPoint.objects.create(patient=patient, kind="mobile", value=mobile, consent=consent)
    return patient


def make_specialty(code: str = "cardiology", name: str = "Cardiology") -> Specialty:
    """A specialty, made once."""
    return Specialty.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_practice(**fields: Any) -> Practice:
    """An office that refers to us."""
    defaults = {"name": f"Family Medicine {next(serial)}", "phone": "+12175550140", "fax": "+12175550142"}
    return Practice.objects.create(**{**defaults, **fields})


def make_provider(**fields: Any) -> Provider:
    """A clinician in an office."""
    practice = fields.pop("practice", None) or make_practice()
    defaults = {"npi": make_npi(), "given_name": "Hannah", "family_name": "Lindqvist", "credential": "MD"}
    return Provider.objects.create(practice=practice, **{**defaults, **fields})


def make_coverage(patient: Patient, *, member_id: str = "HPC884160271", **fields: Any) -> Coverage:
    """Coverage whose last digit decides what the sandbox payer answers (1: active)."""
    payer, _ = Payer.objects.get_or_create(payer_id="60054", defaults={"name": "Heritage PPO"})
    plan, _ = Plan.objects.get_or_create(payer=payer, name="Heritage PPO Choice", defaults={"kind": "PPO"})
    return Coverage.objects.create(patient=patient, payer=payer, plan=plan, member_id=member_id, **fields)


def make_referral(*, stage: str = "received", **fields: Any) -> Referral:
    """An inbound referral at a stage, with patient, coverage and referrer unless given."""
    patient = fields.pop("patient", None) or make_patient()
    referrer = fields.pop("referring_provider", None) or make_provider()
    if "coverage" not in fields:
        fields["coverage"] = make_coverage(patient)
    defaults = {
        "number": f"R-{next_number('referral', first=20001)}",
        "direction": "inbound",
        "stage": stage,
        "priority": "urgent",
        "specialty": make_specialty(),
        "reason": "New exertional chest tightness for 3 weeks",
        "diagnoses": ["R07.89"],
        "referring_provider": referrer,
        "referring_practice": referrer.practice,
    }
    return Referral.objects.create(patient=patient, **{**defaults, **fields})


def make_schedule(**fields: Any) -> Schedule:
    """A cardiologist's first visits at our main site."""
    site = fields.pop("site", None) or Site.objects.create(
        name="Main", line1="800 Lakeshore Dr", city="Springfield", state="IL", postal_code="62704"
    )
    provider = fields.pop("provider", None) or make_provider(
        given_name="Ngozi",
        family_name="Okafor",
        specialty=make_specialty(),
        practice=make_practice(is_ours=True),
        site=site,
    )
    return Schedule.objects.create(provider=provider, site=site, **fields)


def make_slot(schedule: Schedule | None = None, *, starts_at: datetime | None = None) -> Slot:
    """An opening, by default in three days at 10:20 in the clinic."""
    schedule = schedule or make_schedule()
    starts_at = starts_at or datetime.now(UTC).replace(
        hour=16, minute=20, second=0, microsecond=0
    ) + timedelta(days=3)
    return Slot.objects.create(
        schedule=schedule, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=schedule.visit_minutes)
    )
