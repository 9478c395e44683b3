"""kill -9 of those who commit work and of those who do it, many times: nothing lost, nothing done twice."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.faults.stage import wait_until

MAKE = """
from organizations.models import Organization
answer = str(Organization.objects.create(slug="faults-%s", name="Faults", short_name="Faults", phone="+12175550100").pk)
"""
COUNT = """
from organizations.models import Counter
from organizations.scope import organization_scope
from jobs.models import Job
with organization_scope("%s", actor="command:count"):
    work = set(c.kind[5:] for c in Counter.objects.filter(kind__startswith="work-"))
    effects = dict((c.kind[7:], c.value) for c in Counter.objects.filter(kind__startswith="effect-"))
    answer = {"committed": len(work), "lost": len(work - set(effects)), "repeated": sum(v > 1 for v in effects.values()),
              "invented": len(set(effects) - work), "open": Job.objects.waiting().count(),
              "taken_over": Job.objects.filter(attempts__gt=1).count()}
"""


@pytest.fixture
def nursery(stage, ask, request):
    """Forks producers and workers; everything it made ends with it."""
    organization = ask(MAKE % request.param)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.outbox_processes", organization],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        env={**stage.environment, "DJANGO_SETTINGS_MODULE": "referralhub.settings"},
    )  # fmt: skip
    yield Nursery(process, organization, request.param)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Nursery:
    def __init__(self, process: subprocess.Popen, organization: str, kills: int) -> None:
        self.process, self.organization, self.kills = process, organization, kills

    def fork(self, role: str) -> int:
        self.process.stdin.write(f"{role}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("nursery", [40, pytest.param(300, marks=pytest.mark.long)], indirect=True)
def test_nothing_is_lost_or_repeated_when_producers_and_workers_are_killed(nursery, ask, capsys):
    chance = random.Random(nursery.kills)
    worker = nursery.fork("work")
    for _ in range(nursery.kills):
        producer = nursery.fork("produce")
        time.sleep(0.15 + chance.random() * 0.15)
        kill(producer)
        kill(worker)
        worker = nursery.fork("work")
    wait_until(
        lambda: ask(COUNT % nursery.organization)["open"] == 0, seconds=120, what="The end of the work"
    )
    counted = ask(COUNT % nursery.organization)
    with capsys.disabled():
        print(f"\noutbox: {nursery.kills} producers and {nursery.kills} workers killed, {counted}")
    assert counted["committed"] > nursery.kills
    assert (counted["lost"], counted["repeated"], counted["invented"]) == (0, 0, 0)
