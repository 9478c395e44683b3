"""A fax service that calls twice, and workers killed between fetching and recording: none lost, none doubled."""

import json
import subprocess
import sys

import pytest

from tests.faults.stage import ROOT

MAKE = """
from organizations.models import Organization
answer = str(Organization.objects.create(slug="faxes-%s", name="Faxes", short_name="Faxes", phone="+12175550100").pk)
"""
COUNT = """
from organizations.scope import organization_scope
from intake.models import Arrival, Delivery
from jobs.models import Job
with organization_scope("%s", actor="command:count"):
    taken = Delivery.objects.filter(state="taken").exclude(arrival=None)
    answer = {"told": Delivery.objects.count(), "taken": taken.values("arrival").distinct().count(),
              "arrivals": Arrival.objects.count(), "readings": Job.objects.filter(name="intake.read").count()}
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("faxes", [6, pytest.param(90, marks=pytest.mark.long)])
def test_no_fax_is_lost_or_doubled_when_workers_are_killed_and_the_service_calls_twice(
    stage, ask, capsys, faxes
):
    organization = ask(MAKE % faxes)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.fax_processes", organization, str(faxes)], cwd=ROOT,
        capture_output=True, text=True, check=False,
        env={**stage.environment, "DJANGO_SETTINGS_MODULE": "referralhub.settings"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    counted = ask(COUNT % organization)
    with capsys.disabled():
        print(f"\nfax lines: {faxes} faxes told four times each, {done.stdout.strip()}, {counted}")
    assert json.loads(done.stdout)["killed"] == faxes
    assert counted == dict.fromkeys(("told", "taken", "arrivals", "readings"), faxes)
