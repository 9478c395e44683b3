"""One organization while its demo is being made: all that a referral's story needs of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from organizations.models import Membership, Organization, User
from referralhub.demo import world
from referralhub.demo.seeding.directory import Directory
from referralhub.demo.seeding.organizations_and_people import Staff
from referralhub.demo.seeding.patients import Person
from referralhub.demo.seeding.rows import Rows
from referralhub.demo.seeding.schedules import Openings
from referralhub.demo.seeding.timing import Clock
from referrals.actions.moving import By

STAND_INS = {"nurse": "physician", "insurance": "front_desk"}  # where an organization has nobody for a job


@dataclass
class Clinic:
    """The organization, its people, and the rows made so far."""

    organization: Organization
    rows: Rows
    rng: Random
    clock: Clock
    staff: Staff
    directory: Directory
    people: dict[world.Patient, Person]
    openings: Openings
    texts: int = 0
    turns: Counter[object] = field(default_factory=Counter)

    @property
    def now(self) -> datetime:
        """The moment of the demo's making, in the clinic's zone."""
        return self.clock.now

    def colleague(self, role: str) -> Membership:
        """Who has this job, or does it as well."""
        return self.staff.get(role) or self.staff[STAND_INS[role]]

    def by(self, role: str) -> By:
        """The same, as the timeline names who did something."""
        return By(user=self.user(role))

    def user(self, role: str) -> User:
        """The same, as a person."""
        return self.colleague(role).user
