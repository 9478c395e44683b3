"""Servers die under load: what was promised is kept, what could not be done waits, and nobody sees a stack trace."""

import http.client
import os
import signal
import subprocess
import threading
import time
from collections import Counter

import pytest

from tests.faults.stage import Stage, wait_until

SCENE = """
from organizations.models import Organization, User, Membership
from organizations.scope import organization_scope
from patients.models import Patient, ContactPoint
o = Organization.objects.create(slug="%(slug)s", name="Faults", short_name="Faults", phone="+12175550100")
with organization_scope(o.pk, actor="command:faults"):
    p = Patient.objects.create(given_name="Ann", family_name="Test", birth_date="1970-01-01")
    ContactPoint.objects.create(patient=p, kind="mobile", value="+12175550111", consent="granted")
answer = [str(o.pk), str(p.pk)]
"""
WRITE = """
from notifications.actions import write
from organizations.ids import uuid7
from organizations.scope import organization_scope
from patients.models import Patient
with organization_scope("%(org)s", actor="command:faults"):
    patient = Patient.objects.get(pk="%(patient)s")
    made = [str(write(patient=patient, template="booking_link", about_id=uuid7(), link="http://x/%%d" %% i).pk)
            for i in range(%(n)d)]
answer = made
"""
STATE = """
from collections import Counter
from gateways import sandbox
from jobs.models import Job
from notifications.models import Message
from organizations.scope import organization_scope
with organization_scope("%(org)s", actor="command:faults"):
    states = Counter(Message.objects.values_list("state", flat=True))
    waiting = Job.objects.waiting().count()
    stuck = Job.objects.stuck().count()
bodies = Counter(t["body"] for t in sandbox.kept("sms", limit=10**6) if "http://x/" in t["body"])
answer = {"states": dict(states), "waiting": waiting, "stuck": stuck, "texts": len(bodies),
          "repeated": sum(n > 1 for n in bodies.values())}
"""


@pytest.fixture
def scene(stage, ask, request):
    """An organization with one patient; beat and worker are started by the test."""
    org, patient = ask(SCENE % {"slug": f"faults-{time.time_ns()}"})
    ask("from gateways import sandbox\nsandbox.clear()\nanswer = 0")
    yield {"org": org, "patient": patient}
    for name in ("worker", "beat", "web"):
        if name in stage.processes:
            stage.kill(name)


def settled(ask, scene) -> bool:
    return ask(STATE % scene)["waiting"] == 0


@pytest.mark.timeout(300)
def test_a_worker_killed_in_the_middle_loses_and_repeats_nothing(stage, ask, scene, capsys):
    stage.start_beat()
    stage.start_worker()
    made = ask(WRITE % {**scene, "n": 40})
    for _ in range(3):
        time.sleep(3)
        stage.kill("worker")
        stage.start_worker()
    took = wait_until(lambda: settled(ask, scene), seconds=120, what="The end of the work")
    after = ask(STATE % scene)
    report(capsys, f"worker killed 3 times, 40 texts: {after}, settled {took:.0f} s after the last kill")
    accounted = after["states"].get("sent", 0) + after["states"].get("unknown", 0)
    assert (accounted, after["repeated"]) == (len(made), 0)


@pytest.mark.timeout(300)
def test_a_flushed_redis_only_delays(stage, ask, scene, capsys):
    stage.start_beat()
    ask(WRITE % {**scene, "n": 30})
    redis_command(stage, "FLUSHALL")
    stage.start_worker()
    took = wait_until(lambda: settled(ask, scene), seconds=60, what="The end of the work")
    after = ask(STATE % scene)
    report(capsys, f"Redis flushed with 30 texts queued: {after}, settled after {took:.0f} s")
    assert (after["states"], after["repeated"]) == ({"sent": 30}, 0)


@pytest.mark.timeout(300)
def test_with_redis_away_pages_answer_and_work_waits(stage, ask, scene, capsys):
    stage.start_web()
    stage.kill("redis")
    start = time.monotonic()
    codes = [get(stage, "/accounts/login/")[0] for _ in range(3)]
    ask(WRITE % {**scene, "n": 5})
    took = time.monotonic() - start
    stage.start_redis()
    stage.start_beat()
    stage.start_worker()
    wait_until(lambda: settled(ask, scene), seconds=60, what="The end of the work")
    after = ask(STATE % scene)
    report(capsys, f"Redis away: pages {codes}, 5 texts written in {took:.1f} s, then {after}")
    assert codes == [200, 200, 200]
    assert after["states"] == {"sent": 5}


@pytest.mark.timeout(300)
def test_a_killed_web_process_costs_at_most_what_it_was_doing(stage, ask, scene, capsys):
    stage.start_web()
    answers, stop = load(stage, clients=4)
    time.sleep(2)
    os.kill(children(stage.processes["web"].pid)[0], signal.SIGKILL)
    time.sleep(4)
    counted = stop()
    report(capsys, f"one of two web processes killed under 4 clients: {counted}")
    assert counted[200] > 50
    assert sum(n for code, n in counted.items() if code != 200) <= 8


@pytest.mark.timeout(300)
def test_a_restarted_database_is_a_short_503_and_nothing_lost(stage, ask, scene, capsys):
    stage.start_web()
    stage.start_beat()
    stage.start_worker()
    ask(WRITE % {**scene, "n": 20})
    answers, stop = load(stage, clients=4)
    time.sleep(1)
    stage.stop_postgres("immediate")
    code, body = get(stage, "/readyz")
    page_code, page = get(stage, "/o/anything/")
    stage.start_postgres()
    took = wait_until(lambda: get(stage, "/readyz")[0] == 200, seconds=30, what="Readiness")
    time.sleep(2)
    counted = stop()
    wait_until(lambda: settled(ask, scene), seconds=120, what="The end of the work")
    after = ask(STATE % scene)
    report(capsys, f"database restarted: {counted}, ready {took:.1f} s after it was back, then {after}")
    assert (code, page_code in {302, 503}) == (503, True)
    assert b"Traceback" not in body + page
    assert set(counted) <= {200, 503}
    assert after["states"].get("sent", 0) + after["states"].get("unknown", 0) == 20
    assert after["repeated"] == 0


# ---------------------------------------------------------------- tools
def get(stage: Stage, path: str) -> tuple[int, bytes]:
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", stage.web_port, timeout=15)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def load(stage: Stage, *, clients: int):
    """Ask for readiness (which reads the database) without pause until told to stop; answers by status."""
    answers: Counter = Counter()
    over = threading.Event()

    def client() -> None:
        while not over.is_set():
            try:
                answers[get(stage, "/readyz")[0]] += 1
            except OSError as cut:
                answers[type(cut).__name__] += 1
            except http.client.HTTPException as cut:
                answers[type(cut).__name__] += 1
            time.sleep(0.02)

    threads = [threading.Thread(target=client, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()

    def stop() -> Counter:
        over.set()
        for thread in threads:
            thread.join()
        return answers

    return answers, stop


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True
    )
    return [int(line) for line in found.stdout.split()]


def redis_command(stage: Stage, command: str) -> None:
    import redis

    redis.Redis(port=stage.redis_port).execute_command(command)


def report(capsys, text: str) -> None:
    with capsys.disabled():
        print(f"\n{text}")
