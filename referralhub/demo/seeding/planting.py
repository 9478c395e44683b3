"""The whole demo: two organizations, one after the other, each in a transaction of its own."""

from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from intake.actions import connecting, reconciling
from intake.models import FaxLine
from organizations.models import Organization
from organizations.scope import organization_scope
from referralhub.demo import practices, world
from referralhub.demo.hours import ZONE, Diary, working_days
from referralhub.demo.journeys import ReferralPlan
from referralhub.demo.seeding import arrivals, knowing
from referralhub.demo.seeding.clinic import Clinic
from referralhub.demo.seeding.directory import directory
from referralhub.demo.seeding.organizations_and_people import organization_of, sites, staff
from referralhub.demo.seeding.patients import known_to, registered
from referralhub.demo.seeding.payers import payers
from referralhub.demo.seeding.plans import SEED, plans_of_the_year
from referralhub.demo.seeding.referrals import referrals
from referralhub.demo.seeding.rows import Rows
from referralhub.demo.seeding.schedules import openings
from referralhub.demo.seeding.timing import Clock
from referralhub.demo.seeding.twice import twice
from referrals.actions import publishing
from referrals.models import Step

ACTOR = "command:seed"
PATIENTS = {"lakeside": 320, "prairie": 80}
OPENINGS = {"lakeside": timedelta(weeks=6), "prairie": timedelta(weeks=2)}


def plant() -> bool:
    """Make what is not there yet; whether anything was made."""
    now = timezone.now().astimezone(ZONE)
    missing = [made_up for made_up in practices.ORGANIZATIONS if not is_planted(made_up.slug)]
    if not missing:
        return False
    plans = plans_of_the_year(Clock(now, Diary(now.date()), Random(SEED)))
    for made_up in missing:
        organization = organization_of(made_up)
        with organization_scope(organization.pk, actor=ACTOR):
            _plant_one(made_up, organization, plans[made_up.slug], now)
    return True


def is_planted(slug: str) -> bool:
    """Whether the organization has the demo's referrals: their steps say that this command wrote them."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        return False
    with organization_scope(organization.pk, actor=ACTOR):
        return Step.objects.filter(actor=ACTOR).exists()


def _plant_one(
    made_up: world.Organization, organization: Organization, plans: list[ReferralPlan], now: datetime
) -> None:
    organization.save()
    clinic = _clinic(made_up, organization, plans, now)
    referrals(clinic, plans)
    if made_up is practices.LAKESIDE:
        arrivals.others(clinic)
    knowing.ways_in(clinic)
    knowing.networks(clinic)
    knowing.criteria(clinic)
    clinic.openings.fill([person.patient for person in clinic.people.values()], clinic.rng, clinic.now)
    clinic.rows.write()
    publishing.publish_waits(now=now)
    if made_up is practices.LAKESIDE:
        connecting.connect(vendor=FaxLine.Vendor.SIGNED, number=organization.fax, account={})
        arrivals.waiting(clinic)
        twice(clinic)
        reconciling.reconcile(now=now)


def _clinic(
    made_up: world.Organization, organization: Organization, plans: list[ReferralPlan], now: datetime
) -> Clinic:
    rows, rng = Rows(), Random(f"{SEED} {made_up.slug}")
    places = sites(made_up, rows)
    entries = directory(made_up, places, rows)
    days = working_days(now.date(), now.date() + OPENINGS[made_up.slug])
    home = next(iter(places.values()))
    people = known_to((plan.patient for plan in plans), count=PATIENTS[made_up.slug], seed=SEED + 1)
    return Clinic(
        organization=organization,
        rows=rows,
        rng=rng,
        clock=Clock(now, Diary(now.date()), rng),
        staff=staff(organization, rows),
        directory=entries,
        people=registered(people, payers=payers(rows), rows=rows, rng=rng, now=now),
        openings=openings(entries.ours, home, rows=rows, rng=rng, days=days),
    )
