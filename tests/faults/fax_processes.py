"""Processes that are killed while they take faxes in from a fax service.

    python -m tests.faults.fax_processes <organization id> <faxes>

Each fax is told twice, its fetching is cut off at one moment after another, and then tried to the end.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from gateways import gateway  # noqa: E402
from intake import tasks, webhooks  # noqa: E402
from intake.actions import connecting, delivering  # noqa: E402
from jobs import actions  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.tasks import perform  # noqa: E402
from organizations.scope import organization_scope  # noqa: E402
from tests.unit.gateways.fax_calls import OURS, PDF, TELNYX, from_telnyx, telnyx_event  # noqa: E402

actions.LEASE = timedelta(seconds=0.3)  # so that a killed worker's job is soon taken over


class Service:
    """Gives every fax a file of its own."""

    def fetch(self, fax, account, into) -> None:
        into.write(PDF + fax.vendor_id.encode())


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def and_then_die(what: Callable) -> Callable:
    def done(*args, **kwargs):
        what(*args, **kwargs)
        die()

    return done


def whole() -> None:
    """Nothing happens."""


def before_recording() -> None:
    tasks.finishing = die


def before_committing() -> None:
    delivering.take = and_then_die(delivering.take)


def after_committing() -> None:
    global perform  # noqa: PLW0603 (of this process, which dies)
    perform = and_then_die(perform)


def connect(organization_id: str) -> None:
    with organization_scope(organization_id, actor="command:faults"):
        connecting.connect(vendor="telnyx", number=OURS, account=TELNYX)


def tell(organization_id: str, number: int) -> None:
    stamp = str(int(time.time()))
    call = from_telnyx(telnyx_event(fax_id=f"fax-{number}"), stamp=stamp, now=time.time())
    for _ in range(2):
        assert webhooks.receive(organization_id, "telnyx", call) == 200


def fetch(organization_id: str, moment: Callable[[], None]) -> None:
    tasks.gateway = lambda kind: Service() if kind == "fax_in_telnyx" else gateway(kind)
    moment()
    with organization_scope(organization_id, actor="job:claim"):
        due = list(Job.objects.due(timezone.now()).filter(name=delivering.FETCH).values_list("pk", flat=True))
    for job_id in due:
        with organization_scope(organization_id, actor="job:claim"):
            job = actions.claim(job_id)
        if job is not None:
            perform(job)


def apart(do: Callable, *arguments) -> int:
    """Do it in a process of its own; the signal that ended it, or its exit status times 256."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            do(*arguments)
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1]


def main(organization_id: str, faxes: int) -> None:
    moments = [before_recording, before_committing, after_committing]
    killed = 0
    assert apart(connect, organization_id) == 0
    for number in range(faxes):
        assert apart(tell, organization_id, number) == 0
        killed += apart(fetch, organization_id, moments[number % 3]) == signal.SIGKILL
        assert apart(tell, organization_id, number) == 0
        time.sleep(0.35)
        assert apart(fetch, organization_id, whole) == 0
    print(json.dumps({"killed": killed}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
