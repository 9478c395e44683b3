"""What a job is about: its public number and its page. Higher floors know; they register here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from jobs.models import Job


@dataclass(frozen=True)
class Subject:
    """A thing by the number that people say aloud, never a patient's name, and the address of its page."""

    label: str
    address: str


Finder = Callable[[Sequence[str]], dict[str, Subject]]
FINDERS: dict[str, Finder] = {}


def about(*names: str) -> Callable[[Finder], Finder]:
    """Register who tells what jobs of these names are about, from the first id of each."""

    def register(finder: Finder) -> Finder:
        FINDERS.update(dict.fromkeys(names, finder))
        return finder

    return register


def subjects_of(jobs: Iterable[Job]) -> dict[UUID, Subject]:
    """The subjects of those jobs that have one, found together for each kind of work."""
    by_name: dict[str, dict[UUID, str]] = {}
    for job in jobs:
        if job.name in FINDERS and job.ids:
            by_name.setdefault(job.name, {})[job.pk] = job.ids[0]
    found = {}
    for name, first_ids in by_name.items():
        subjects = FINDERS[name](list(first_ids.values()))
        found.update({pk: subjects[first] for pk, first in first_ids.items() if first in subjects})
    return found
