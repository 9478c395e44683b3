"""How fast the search box answers among many patients: `./dev bench search [--json] [--size 1m]`.

Fills a database of its own with an organization of 10,000 patients and one of the wanted size, and asks both
for names, slips, birth dates, telephones and numbers, some of which fit nobody, through the real view.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.figures import Record, figure, show
from benchmarks.scratch import analyze, scratch_database

SMALL = 10_000
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
BATCH = 10_000
ROUNDS = 7
GIVEN = (
    "Maria James Mary John Patricia Robert Linda Michael Barbara William Elizabeth David Jennifer Richard "
    "Susan Joseph Margaret Thomas Jessica Charles Sarah Christopher Karen Daniel Nancy Matthew Lisa "
    "Anthony Anh Fatima Priya Wei Oluwaseun Sofia Mohammed Yuki Ivan Chiara Amara Nadia Omar Lucia Pedro "
    "Ingrid Kofi Leila Tomasz"
)
COMMON = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez "
    "Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark "
    "Ramirez Lewis"
)
SYLLABLES = "ba den kor lin mar nov pet qui ros sta tem ul vir wan xan yor zel cho bri fal gra hen is jal"
COMMON_SHARE, TWO_NAMES = 0.25, 0.08
KEYS = """
INSERT INTO patients_searchkey (id, organization_id, patient_id, key)
SELECT gen_random_uuid(), app_org(), * FROM unnest(%s::uuid[], %s::text[])
"""


def main(arguments: list[str] | None = None) -> int:
    """Print each figure."""
    parser = argparse.ArgumentParser(prog="./dev bench search", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line a figure")
    parser.add_argument("--size", choices=SIZES, default="100k")
    options = parser.parse_args(arguments)
    with scratch_database("search"):
        show(_figures(SIZES[options.size]), as_json=options.json)
    return 0


def _figures(size: int) -> Iterator[Record]:
    practices = [Crowd("small", SMALL), Crowd("large", size)]
    for practice in practices:
        practice.fill()
    analyze()
    small, large = (practice.measure() for practice in practices)
    for kind, milliseconds in large.items():
        yield _figure(f"search_page_ms_{kind}", milliseconds, "ms", baseline=small[kind], n=size)
    yield _figure("search_page_ms", max(large.values()), "ms", baseline=max(small.values()), n=size)
    growth = statistics.mean(large.values()) / statistics.mean(small.values())
    yield _figure("growth_10k_to_1m" if size == SIZES["1m"] else "growth", growth, "ratio", n=size)


def _figure(name: str, value: float, unit: str, *, n: int, baseline: float | None = None) -> Record:
    return figure("search", name, value, unit, n=n, baseline=baseline)


class Crowd:
    """An organization with so many invented patients, and somebody who searches among them."""

    def __init__(self, slug: str, size: int) -> None:
        from organizations.models import Organization

        self.size = size
        self.rng = random.Random(size)
        self.families = ["".join(self.rng.choices(SYLLABLES.split(), k=3)).title() for _ in range(size // 12)]
        self.organization = Organization.objects.create(slug=slug, name=slug.title(), short_name=slug.title())

    def fill(self) -> None:
        """Write the patients with their keys, and one colleague."""
        from organizations.models import Membership, User
        from organizations.scope import organization_scope

        self.user = User.objects.create_user(
            f"desk@{self.organization.slug}.example", full_name="Desk Person"
        )
        with organization_scope(self.organization.pk, actor="command:bench"):
            Membership.objects.create(user=self.user, role="front_desk")
        for start in range(0, self.size, BATCH):
            with organization_scope(self.organization.pk, actor="command:bench"):
                self._write(range(start, min(start + BATCH, self.size)))
            print(f"{self.organization.slug}: {start + BATCH:,} patients", end="\r", file=sys.stderr)
        print(file=sys.stderr)

    def _write(self, serials: range) -> None:
        from django.db import connection

        from patients import searching
        from patients.models import Patient

        people = Patient.objects.bulk_create([self._patient(serial) for serial in serials])
        keyed = [
            (person.pk, key)
            for serial, person in zip(serials, people, strict=True)
            for key in searching.keys_of(names=person.names, phones=[_phone(serial)])
        ]
        with connection.cursor() as cursor:
            cursor.execute(KEYS, [[pk for pk, _ in keyed], [key for _, key in keyed]])

    def _patient(self, serial: int) -> Any:
        from organizations.names import name_key
        from patients.models import Patient

        given, family = self.rng.choice(GIVEN.split()), self._family()
        born = date(1930, 1, 1) + timedelta(days=self.rng.randrange(34_000))
        return Patient(
            mrn=f"{serial:07d}",
            given_name=given,
            family_name=family,
            birth_date=born,
            name_key=name_key(family, given),
        )

    def _family(self) -> str:
        known = COMMON.split() if self.rng.random() < COMMON_SHARE else self.families
        family = self.rng.choice(known)
        return f"{family}-{self.rng.choice(self.families)}" if self.rng.random() < TWO_NAMES else family

    def measure(self) -> dict[str, float]:
        """Median milliseconds of the search page for each kind of question, and what the slowest asked."""
        from django.test import Client

        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(self.user)
        self._ask(client, "warm up")
        return {kind: self._median(client, asked) for kind, asked in self._questions().items()}

    def candidate_milliseconds(self) -> float:
        """Median milliseconds to find whoever may be a person: some who are here, some who are not."""
        from organizations.scope import organization_scope
        from patients import recognizing
        from patients.matching import Person

        born = date(1967, 3, 14)
        wanted = [
            Person(given, family, birth_date=born, phones=frozenset(["+12172010042"]))
            for given in ("Maria", "Jhon")
            for family in ("Smith", self.families[7], "Zzyzx")
        ]
        times = []
        with organization_scope(self.organization.pk, actor="command:bench"):
            for person in wanted * ROUNDS:
                began = time.perf_counter()
                recognizing.candidates(person)
                times.append((time.perf_counter() - began) * 1000)
        return statistics.median(times)

    def _questions(self) -> dict[str, Sequence[str]]:
        rare, other = self.families[7], self.families[11]
        return {
            "common_name": ["smith", "garcia", "mar"],
            "two_common_names": ["maria smith", "john garcia", "lee mary"],
            "rare_name": [rare, f"{rare} maria", other[:5]],
            "slip": [rare[:-2] + rare[-1], "Q" + rare[1:], "smtih jon", "gonzales patrica"],
            "birth_date": ["3/14/1967", "smith 3/14/1967"],
            "phone": ["217-201-0042", "2010042", "0042"],
            "number": ["0000042", "W9915577"],
            "nobody": ["zzyzx", "smith zzyzx", "mary jo smith", "qqq www", "999-999-9999", "m s x"],
        }

    def _median(self, client: Any, asked: Sequence[str]) -> float:
        slowest = 0.0
        for typed in asked:
            times = [self._ask(client, typed) for _ in range(ROUNDS)]
            slowest = max(slowest, statistics.median(times))
        return slowest

    def _ask(self, client: Any, typed: str) -> float:
        began = time.perf_counter()
        answer = client.get(f"/o/{self.organization.slug}/search/", {"q": typed})
        if answer.status_code != 200:
            raise SystemExit(f"The search page answered {answer.status_code}.")
        return (time.perf_counter() - began) * 1000


def _phone(serial: int) -> str:
    return f"+1217{2_000_000 + serial % 8_000_000:07d}"


if __name__ == "__main__":
    sys.exit(main())
