"""Workers for faxes that a test may kill, and a clerk who looks: real database, real store, an OCR that takes its time.

    python -m tests.faults.intake_processes workers
    python -m tests.faults.intake_processes clerk

Workers: reads "work <organization id>" a line, forks such a worker and prints its pid ("broke" cannot write a file); the
nursery itself opens no connection. Clerk: reads a program a line (as JSON), runs it and prints what it left in `answer`:
starting Python for each look would take longer than all the faxes.
"""

import json
import os
import resource
import signal
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from intake import tasks  # noqa: E402
from intake.extraction import Extraction  # noqa: E402
from jobs import actions  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.tasks import perform  # noqa: E402
from organizations.scope import organization_scope  # noqa: E402
from tests.integration.intake_scenes import Sheet, paper  # noqa: E402

PAGES, SECONDS_A_PAGE = 8, 0.06
POISON = b"poison"
actions.LEASE = timedelta(seconds=1)  # so that a killed worker's fax is soon taken over
actions.wait_seconds = lambda attempts, spread=None: 1.0


class SlowOcr:
    """Reads what it is given as eight pages; a file that says so ends the process that reads it."""

    def read(self, content, *, media_type, on_page=None, after=0):
        for number in range(after + 1, PAGES + 1):
            on_page(number, PAGES)
            time.sleep(SECONDS_A_PAGE)
            if POISON in content and number == PAGES:
                os.kill(os.getpid(), signal.SIGKILL)
            yield Sheet(number)


def work(organization_id: str) -> None:
    """Do due work without end."""
    tasks.gateway = lambda kind: SlowOcr()
    tasks.extract = lambda pages, **_: Extraction((paper(last=len(pages)),), ("referral",) * len(pages))
    while True:
        with organization_scope(organization_id, actor="job:claim"):
            due = Job.objects.due(timezone.now()).order_by("attempts", "available_at").first()
            job = actions.claim(due.pk) if due else None
        if job is not None:
            perform(job)
        else:
            time.sleep(0.05)


def broke(organization_id: str) -> None:
    """The same on a full disk: no file can be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    work(organization_id)


def nurse() -> None:
    """Fork what is asked for until the input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        kind, organization_id = line.split()
        pid = os.fork()
        if pid == 0:
            {"work": work, "broke": broke}[kind](organization_id)
        print(pid, flush=True)


def answer_questions() -> None:
    """Run each program until the input ends."""
    for line in sys.stdin:
        names: dict = {}
        exec(json.loads(line), names)
        print("answer:" + json.dumps(names["answer"]), flush=True)


if __name__ == "__main__":
    {"workers": nurse, "clerk": answer_questions}[sys.argv[1]]()
