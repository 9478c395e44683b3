"""The two kinds of process that the outbox test kills: one commits work, one does it.

    python -m tests.faults.outbox_processes <organization id>

reads "produce" or "work" a line, forks such a process and prints its pid: a fork starts in milliseconds, so that
the test can kill many. The nursery itself opens no connection.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.utils import timezone  # noqa: E402

from jobs import actions  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.tasks import perform  # noqa: E402
from jobs.work import work  # noqa: E402
from organizations.numbers import next_number  # noqa: E402
from organizations.scope import organization_scope  # noqa: E402

PAUSE = 0.005  # seconds between commits: the kills are what is tested, not how fast a backlog is worked off
actions.LEASE = timedelta(seconds=1)  # so that a killed worker's job is soon taken over


@work("faults.count")
def count(job: Job, mark: str) -> None:
    """The effect: one more on a counter of its own. Done twice, it would stand at two."""
    with actions.finishing(job):
        next_number(f"effect-{mark[:20]}")


def produce(organization_id: str) -> None:
    """Commit work without end."""
    while True:
        with organization_scope(organization_id, actor="command:faults"):
            mark = uuid4().hex
            next_number(f"work-{mark[:20]}")
            actions.later("faults.count", mark, wait=timedelta(microseconds=1))
        time.sleep(PAUSE)


def do(organization_id: str) -> None:
    """Do due work without end."""
    while True:
        with organization_scope(organization_id, actor="job:claim"):
            due = list(Job.objects.due(timezone.now()).values_list("pk", flat=True)[:20])
        for job_id in due:
            with organization_scope(organization_id, actor="job:claim"):
                job = actions.claim(job_id)
            if job is not None:
                perform(job)
        if not due:
            time.sleep(0.02)


def nurse(organization_id: str) -> None:
    """Fork what is asked for until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            {"produce": produce, "work": do}[line.strip()](organization_id)
        print(pid, flush=True)


if __name__ == "__main__":
    nurse(sys.argv[1])
