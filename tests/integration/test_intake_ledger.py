"""What came by every door is counted against what stands in the inbox; what is missing is an alarm till a person speaks."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from intake import tasks, watching
from intake.actions import reconciling, rescuing
from intake.models import Arrival, Delivery, FaxLine, LedgerDay
from jobs.models import Job
from referrals import storing
from referrals.models import Document
from tests.conftest import inside
from tests.integration.intake_scenes import make_arrival, make_ready, pdf

LEDGER = "/o/lakeside/faxes/ledger/"
NOON = datetime(2026, 11, 25, 18, tzinfo=UTC)  # in Chicago


@pytest.fixture
def noon(scope):
    with time_machine.travel(NOON, tick=False):
        yield NOON


def counted(now=None):
    """The rows after a count: {source: (came, accounted, kinds missing)} of today."""
    now = now or timezone.now()
    reconciling.reconcile(now=now)
    rows = LedgerDay.objects.filter(day=now.astimezone(now.tzinfo).date())
    return {row.source: (row.came, row.accounted, [kind for kind, _ in row.missing]) for row in rows}


def told(minutes_ago, **facts):
    line, _ = FaxLine.objects.get_or_create(vendor="telnyx", number="+12175550160")
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return Delivery.objects.create(line=line, vendor_id=str(minutes_ago), told_at=at, **facts)


# ---------------------------------------------------------------- the count
def test_faxes_of_each_door_are_counted_whatever_their_state(noon):
    make_ready()
    make_arrival(b"not a fax at all")
    make_arrival(source="upload")
    assert counted() == {"fax": (2, 2, []), "upload": (1, 1, [])}


def test_a_day_is_the_clinic_s(noon):
    make_arrival(received_at=datetime(2026, 11, 25, 5, 30, tzinfo=UTC))  # 11:30 PM the day before
    reconciling.reconcile(now=noon)
    assert [str(row.day) for row in LedgerDay.objects.all()] == ["2026-11-24"]


def test_a_fax_told_of_and_never_fetched_is_missing_after_half_an_hour(noon):
    told(20)
    assert counted() == {"fax": (1, 1, [])}
    told(31)
    told(10, state="failed")
    assert counted() == {"fax": (3, 1, ["delivery", "delivery"])}


def test_a_fax_told_of_and_taken_counts_once(noon):
    told(40, state="taken", arrival=make_arrival())
    assert counted() == {"fax": (1, 1, [])}


def test_fewer_pages_than_the_service_counted_are_missing(noon):
    told(40, state="taken", arrival=make_ready(), pages=3)
    assert counted() == {"fax": (1, 0, ["pages"])}


def test_a_stored_file_without_a_fax_is_missing_even_when_its_row_is_gone(noon):
    storing.keep(pdf(), kind=Document.Kind.FAX, title="Fax as received").delete()
    storing.keep(pdf(), kind=Document.Kind.RECORD, title="A record")
    assert counted() == {"fax": (1, 0, ["document"])}


def test_an_original_that_does_not_open_is_missing(noon):
    make_ready()
    lost = make_ready()
    (Path(django_settings.DOCUMENTS_DIR) / lost.document.stored_name).unlink()
    assert counted() == {"fax": (2, 1, ["original"])}


def test_an_original_once_missing_is_looked_at_again_however_many_came_since(noon, monkeypatch):
    monkeypatch.setattr("intake.witnesses.OPENED", 1)
    lost = make_arrival()
    place = Path(django_settings.DOCUMENTS_DIR) / lost.document.stored_name
    place.rename(place.with_suffix(".away"))
    assert counted()["fax"][2] == ["original"]
    make_arrival(received_at=NOON + timedelta(seconds=1))
    assert counted()["fax"][2] == ["original"]
    place.with_suffix(".away").rename(place)
    assert counted()["fax"] == (2, 2, [])


def test_a_fax_that_nobody_reads_is_missing(noon):
    arrival = make_arrival()
    Job.objects.update(done_at=noon)
    arrival.read_asked_at = noon - timedelta(minutes=20)
    arrival.save()
    assert counted() == {"fax": (1, 0, ["reading"])}


@pytest.fixture
def midday(lakeside):
    """The clinic is where it is noon now: files bear the system's time, which no test can set."""
    east = 12 - datetime.now(UTC).hour
    lakeside.time_zone = f"Etc/GMT{-east:+d}"  # POSIX counts hours west
    lakeside.save()


@pytest.fixture
def folder(lakeside, midday, settings):
    place = settings.WATCHED_FOLDER / "lakeside"
    place.mkdir(parents=True)
    return place


def test_files_taken_from_the_watched_folder_and_left_there_are_counted(folder, lakeside, settings):
    (folder / "scan.pdf").write_bytes(pdf())
    watch = watching.Watch(settings.WATCHED_FOLDER, {})
    assert [watch.look(), watch.look()] == [0, 1]
    (folder / ".taken" / f"{timezone.now():{watching.STAMP}}-other.pdf").write_bytes(pdf())
    (folder / "stays.pdf").write_bytes(pdf())
    with inside(lakeside):
        reconciling.reconcile(now=timezone.now() + timedelta(minutes=61))
        row = LedgerDay.objects.get(source="folder")
    assert (row.came, row.accounted, sorted(kind for kind, _ in row.missing)) == (3, 1, ["taken", "waiting"])


# ---------------------------------------------------------------- the alarm
@pytest.fixture
def loss(lakeside, run_jobs):
    """One of two faxes has no readable original; the hourly count has found it."""
    with inside(lakeside):
        make_ready()
        lost = make_ready()
        place = Path(django_settings.DOCUMENTS_DIR) / lost.document.stored_name
        place.rename(place.with_suffix(".away"))
    tasks.reconcile()
    run_jobs(lakeside)
    return place


def test_a_loss_is_a_red_line_on_the_inbox_and_needs_attention(loss, member, enter):
    browser = enter(member("manager"))
    assert "1 fax is" in browser.get("/o/lakeside/faxes/").content.decode()
    attention = browser.get("/o/lakeside/attention/").content.decode()
    assert "A fax that came is not accounted for" in attention and LEDGER in attention
    assert "1 of 2 accounted for. The original of a fax cannot be opened." in attention


def test_counting_again_changes_nothing_and_raises_no_second_alarm(loss, lakeside, run_jobs):
    tasks.reconcile()
    run_jobs(lakeside)
    with inside(lakeside):
        row = LedgerDay.objects.get()
        assert (row.history.count(), Job.objects.filter(name="intake.account_for").count()) == (1, 1)


def test_the_log_names_no_file_and_no_person(lakeside, caplog):
    with inside(lakeside):
        make_ready(file_name="Delgado Maria.pdf")
        lost = make_ready(file_name="Delgado Maria.pdf")
        (Path(django_settings.DOCUMENTS_DIR) / lost.document.stored_name).unlink()
    tasks.reconcile()
    [line] = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert "not accounted for" in line and "Delgado" not in line


def test_only_a_person_s_note_ends_the_alarm(loss, alicia, enter, lakeside, run_jobs):
    browser = enter(alicia)
    with inside(lakeside):
        row = LedgerDay.objects.get()
    assert browser.post(f"{LEDGER}{row.pk}/settlement/", {"note": ""}).status_code == 422
    browser.post(f"{LEDGER}{row.pk}/settlement/", {"note": "Asked for it again"})
    tasks.reconcile()
    assert run_jobs(lakeside) == 0
    page = browser.get(LEDGER).content.decode()
    assert "Alicia Warren: Asked for it again" in page and "1, noted" in page
    assert "not accounted for" not in browser.get("/o/lakeside/faxes/").content.decode()
    with inside(lakeside):
        assert not Job.objects.stuck().exists()


def test_a_further_loss_is_a_new_alarm(loss, alicia, lakeside, run_jobs):
    with inside(lakeside):
        row = LedgerDay.objects.get()
        reconciling.settle_missing(row_id=row.pk, note="Asked for it again", by=alicia)
        first = Arrival.objects.order_by("received_at").first()
        (Path(django_settings.DOCUMENTS_DIR) / first.document.stored_name).unlink()
    tasks.reconcile()
    run_jobs(lakeside)
    with inside(lakeside):
        assert (row.refresh().settled_note, Job.objects.stuck().count()) == ("", 1)


def test_what_turns_up_again_ends_the_alarm_by_itself(loss, lakeside, run_jobs):
    loss.with_suffix(".away").rename(loss)
    tasks.reconcile()
    run_jobs(lakeside)
    with inside(lakeside):
        assert (LedgerDay.objects.get().missing, Job.objects.stuck().count()) == ([], 0)


def test_anybody_at_the_desk_can_have_it_counted_now(alicia, enter, lakeside):
    with inside(lakeside):
        make_ready()
    page = enter(alicia).post(f"{LEDGER}count/", follow=True).content.decode()
    assert "Counted the last 3 days." in page and "Fax line" in page


# ---------------------------------------------------------------- stuck readings
@pytest.fixture
def stuck(lakeside):
    """A fax whose job died eleven minutes ago."""
    with inside(lakeside):
        arrival = make_arrival()
        arrival.state, arrival.read_asked_at = "reading", timezone.now() - timedelta(minutes=11)
        arrival.save()
        Job.objects.update(dead_at=timezone.now(), attempts=8)
    return arrival


@pytest.mark.parametrize("fate", ["dead", "done", "gone"])
def test_a_stuck_reading_is_tried_once_more_and_then_a_person_s(fate, stuck, lakeside):
    with inside(lakeside):
        if fate == "done":
            Job.objects.update(dead_at=None, done_at=timezone.now())
        elif fate == "gone":
            Job.objects.all().delete()
    tasks.find_stuck()
    with inside(lakeside):
        again = stuck.refresh()
        assert (again.state, again.sentence) == ("reading", rescuing.SECOND_TRY)
        job = Job.objects.waiting().get(dedupe_key=again.read_key)
        job.dead_at = timezone.now()
        job.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        tasks.find_stuck()
    with inside(lakeside):
        given_up = stuck.refresh()
    assert (given_up.state, "Type from the page" in given_up.sentence) == ("unreadable", True)


def test_a_fax_that_cut_off_three_tries_is_a_person_s_and_the_next_one_is_read(
    lakeside, run_jobs, monkeypatch
):
    monkeypatch.setattr(tasks, "_read_pages", lambda *_, **__: pytest.fail("It must not be opened again."))
    with inside(lakeside):
        poison = make_arrival()
        Job.objects.update(attempts=3)
    run_jobs(lakeside)
    with inside(lakeside):
        assert poison.refresh().state == "unreadable"
        assert "stopped the machine three times" in poison.sentence
        assert Job.objects.get().done_at is not None
