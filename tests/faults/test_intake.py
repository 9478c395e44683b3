"""A worker dies over a fax, the disk is full, Redis is gone: no fax is lost, none is there twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.stage import wait_until

ORGANIZATION = """
from organizations.models import Organization
answer = str(Organization.objects.create(slug="%s", name="Faults", short_name="Faults", phone="+12175550100").pk)
"""
RECEIVE = """
from intake.actions import arriving
from organizations.scope import organization_scope
for number in range(%(n)d):
    with organization_scope("%(org)s", actor="command:faults"):
        arriving.receive(b"%%PDF-1.4 %(mark)s" + str(number).encode(), source="fax", vendor_id=f"%(mark)s{number}")
answer = 0
"""
STATE = """
from collections import Counter
from django.utils import timezone
from intake.actions import reconciling
from intake.models import Arrival, LedgerDay, Page
from jobs.models import Job
from organizations.scope import organization_scope
from referrals.models import Document
with organization_scope("%(org)s", actor="command:faults"):
    arrivals = list(Arrival.objects.order_by("received_at"))
    reconciling.reconcile(now=timezone.now())
    answer = {
        "states": dict(Counter(a.state for a in arrivals)), "sentences": sorted({a.sentence for a in arrivals}),
        "readings": sorted(a.readings.count() for a in arrivals if a.state == "ready"),
        "pages": [list(a.pages.values_list("number", flat=True)) for a in arrivals],
        "documents": Document.objects.filter(kind="fax").count(), "waiting": Job.objects.waiting().count(),
        "tries": max(Job.objects.values_list("attempts", flat=True), default=0),
        "reasons": sorted(set(Job.objects.exclude(reason="").values_list("reason", flat=True))),
        "missing": [row.missing for row in LedgerDay.objects.all()],
    }
"""
SIZE = 30_000  # bytes; a sealed file is 27 longer, so that the upload has room and its document has not
FULL = """
import os, resource
from pathlib import Path
from django.conf import settings
from django.test import Client
from django.core.files.uploadedfile import SimpleUploadedFile
from intake.watching import Watch
from organizations.models import Membership, User
from organizations.scope import organization_scope
if not User.objects.filter(email="full@faults.test").exists():
    user = User.objects.create(email="full@faults.test", full_name="Full Faults")
    with organization_scope("%(org)s", actor="command:faults"):
        Membership.objects.create(user=user, role="front_desk")
resource.setrlimit(resource.RLIMIT_FSIZE, (%(limit)d, resource.RLIM_INFINITY))
try:
    watch = Watch(Path("%(folder)s"), {})
    watch.look()
    taken = watch.look()
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(User.objects.get(email="full@faults.test"))
    upload = SimpleUploadedFile("up.pdf", b"%%PDF-1.4 upload".ljust(%(size)d))
    page = browser.post("/o/%(slug)s/faxes/uploads/", {"files": upload}, follow=True).content.decode()
    stored = [p.name for p in Path(settings.DOCUMENTS_DIR).rglob("*") if p.is_file()]
finally:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
answer = {"taken": taken, "refused": "was not stored" in page, "kept": len(stored)}
"""


class Process:
    """A process of intake_processes, asked line by line."""

    def __init__(self, stage, kind):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.intake_processes", kind],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
            env={**stage.environment, "DJANGO_SETTINGS_MODULE": "referralhub.settings"},
        )  # fmt: skip

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def processes(stage):
    """The nursery of workers, and the clerk."""
    nursery, clerk = Process(stage, "workers"), Process(stage, "clerk")
    yield nursery, clerk
    nursery.close()
    clerk.close()


class Office:
    """An organization of the test's own, with workers that may be killed."""

    def __init__(self, stage, nursery, clerk):
        self.stage, self.nursery, self.clerk, self.workers = stage, nursery, clerk, []
        self.slug = f"intake-{time.time_ns()}"
        self.org = self.ask(ORGANIZATION % self.slug)

    def ask(self, program):
        line = self.clerk.ask(json.dumps(program))
        while line and not line.startswith("answer:"):  # its log
            line = self.clerk.process.stdout.readline()
        assert line, "The clerk died."
        return json.loads(line.removeprefix("answer:"))

    def start(self, kind="work"):
        self.workers.append(int(self.nursery.ask(f"{kind} {self.org}")))

    def kill(self):
        with suppress(ProcessLookupError):
            os.kill(self.workers.pop(), signal.SIGKILL)

    @property
    def is_at_work(self):
        return bool(self.workers) and Path(f"/proc/{self.workers[-1]}").exists()

    def receive(self, n, mark="fax"):
        self.ask(RECEIVE % {"n": n, "org": self.org, "mark": mark})

    @property
    def state(self):
        return self.ask(STATE % {"org": self.org})


@pytest.fixture
def office(stage, processes):
    place = Office(stage, *processes)
    yield place
    while place.workers:
        place.kill()


def settled(office):
    return office.state["waiting"] == 0


@pytest.mark.timeout(600)
@pytest.mark.parametrize("faxes", [6, pytest.param(60, marks=pytest.mark.long)])
def test_a_worker_killed_over_a_fax_loses_no_page_and_reads_nothing_twice(faxes, office, capsys):
    chance = random.Random(faxes)
    office.receive(faxes)
    for _ in range(faxes):  # each fax takes half a second
        office.start()
        time.sleep(0.2 + chance.random() * 0.5)
        office.kill()
    office.start()
    wait_until(lambda: settled(office), seconds=120, what="The end of the work")
    after = office.state
    with capsys.disabled():
        print(
            f"\nintake: {faxes} faxes, worker killed {faxes} times: {after['states']}, {after['tries']} tries at most"
        )
    assert after["tries"] > 1
    assert after["states"] == {"ready": faxes} and after["readings"] == [1] * faxes
    assert after["pages"] == [list(range(1, 9))] * faxes
    assert (after["documents"], after["missing"]) == (faxes, [[]])


@pytest.mark.timeout(120)
def test_a_fax_that_kills_every_worker_is_a_person_s_and_takes_no_other_down(office, capsys):
    office.receive(1, mark="poison")
    office.receive(2)
    starts = 0

    def done():
        nonlocal starts
        if not office.is_at_work:
            office.start()
            starts += 1
        return settled(office)

    wait_until(done, seconds=60, what="The end of the work")
    after, deaths = office.state, starts - 1
    with capsys.disabled():
        print(f"\nintake: a fax that kills its worker, {deaths} deaths: {after['states']}")
    assert after["states"] == {"unreadable": 1, "ready": 2}
    assert any("stopped the machine three times" in sentence for sentence in after["sentences"])
    assert (deaths, after["missing"]) == (3, [[]])


@pytest.mark.timeout(120)
def test_on_a_full_disk_the_sender_is_told_and_nothing_is_half_kept(office, tmp_path, capsys):
    scan = tmp_path / office.slug / "scan.pdf"
    scan.parent.mkdir()
    scan.write_bytes(b"%PDF-1.4 scan".ljust(SIZE))
    facts = {"org": office.org, "slug": office.slug, "folder": tmp_path, "size": SIZE}
    before = len([p for p in (office.stage.folder / "documents").rglob("*") if p.is_file()])
    full = office.ask(FULL % {**facts, "limit": SIZE + 10})
    assert (full["taken"], full["refused"], full["kept"] - before) == (0, True, 0)
    assert scan.exists() and office.state["documents"] == 0
    again = office.ask(FULL % {**facts, "limit": -1})
    assert (again["taken"], again["refused"], again["kept"] - before) == (1, False, 2)
    after = office.state
    assert (after["documents"], sum(after["states"].values()), after["missing"]) == (2, 2, [[], []])


@pytest.mark.timeout(120)
def test_pages_that_cannot_be_stored_are_stored_later(office):
    office.receive(1)
    office.start("broke")
    wait_until(lambda: office.state["reasons"], seconds=20, what="The full disk")
    office.kill()
    full = office.state
    assert full["reasons"] == ["The document store is full. An administrator must make room."]
    assert (full["states"], full["pages"]) == ({"reading": 1}, [[]])
    office.start()
    wait_until(lambda: settled(office), seconds=20, what="The end of the work")
    assert (office.state["states"], office.state["pages"]) == ({"ready": 1}, [list(range(1, 9))])


@pytest.mark.timeout(120)
def test_without_redis_a_fax_is_taken_in_and_read(office, stage, capsys):
    stage.kill("redis")
    start = time.monotonic()
    office.receive(2)
    took = time.monotonic() - start
    office.start()
    wait_until(lambda: settled(office), seconds=20, what="The end of the work")
    stage.start_redis()
    with capsys.disabled():
        print(f"\nintake: Redis away, 2 faxes taken in within {took:.1f} s")
    assert office.state["states"] == {"ready": 2}


@pytest.mark.long
@pytest.mark.timeout(600)
def test_real_workers_with_the_real_reader_killed_and_redis_flushed(office, stage, capsys):
    samples = sorted((Path(__file__).parents[2] / "referralhub" / "demo" / "faxes").glob("sample-0*.pdf"))[:4]
    stage.start_beat()
    stage.start_worker()
    try:
        for sample in samples:
            stage.manage("receive_fax", str(sample), "--to", office.slug)
            time.sleep(2)
            stage.kill("worker")
            stage.start_worker()
        took = wait_until(lambda: settled(office), seconds=240, what="The end of the work")
    finally:
        stage.kill("worker")
        stage.kill("beat")
    after = office.state
    with capsys.disabled():
        print(
            f"\nintake: real workers killed {len(samples)} times: {after['states']}, settled after {took:.0f} s"
        )
    assert after["states"] == {"ready": len(samples)} and after["missing"] == [[]]
