"""A heartbeat for long tries: the lease stays short, so that a killed worker's job is soon somebody's."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connections

from jobs import actions
from jobs.models import Job
from organizations.scope import organization_scope

BEAT_SECONDS = 10.0


@contextmanager
def kept_alive(job: Job) -> Iterator[None]:
    """Renew the job's lease every ten seconds while the block runs. Short jobs never notice."""
    over = Event()
    heart = Thread(target=_beat, args=(job, over), name=f"lease-{job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _beat(job: Job, over: Event) -> None:
    try:
        while not over.wait(BEAT_SECONDS):
            with organization_scope(job.organization_id, actor=f"job:{job.name}"):
                if not actions.renew(job):
                    return
    finally:
        connections.close_all()
