"""A worker reads what arrived, page by page, and hands it to a person, whatever happens on the way."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone

from gateways import GatewayUnavailable
from gateways.ocr import PagesUnread, PasswordNeeded, ReaderDied, Truncated
from intake import pdfs, tasks
from intake.actions import arriving, rescuing
from intake.extraction import Extraction
from intake.models import Arrival
from jobs.actions import LeaseLost
from jobs.models import Job
from referrals import storing
from tests import factories
from tests.conftest import inside
from tests.integration.intake_scenes import MARIA, THEO, Sheet, make_arrival, paper, read_field

SAMPLES = Path(settings.BASE_DIR) / "referralhub" / "demo" / "faxes"


class Engine:
    """An OCR that yields those of these pages that are still wanted and then raises, once for each try."""

    def __init__(self, *tries, total=2):
        self.tries, self.total, self.begun = list(tries), total, []

    def __call__(self, kind):
        return self

    def read(self, content, *, media_type, on_page=None, after=0):
        pages, trouble = self.tries.pop(0)
        self.begun.append([number for number in pages if number > after])
        for number in self.begun[-1]:
            on_page(number, self.total)
            yield Sheet(number)
        if trouble:
            raise trouble


@pytest.fixture
def ocr(monkeypatch):
    def play(*tries, found=None, total=2):
        found, engine = [paper()] if found is None else found, Engine(*tries, total=total)
        monkeypatch.setattr(tasks, "gateway", engine)
        monkeypatch.setattr(
            tasks, "extract", lambda pages, **_: Extraction(tuple(found) if pages else (), ("referral",))
        )
        return engine

    return play


@pytest.fixture
def arrival(lakeside):
    with inside(lakeside):
        return make_arrival()


@pytest.fixture
def read(lakeside, run_jobs, arrival):
    """Do the due jobs once and give the arrival as it then is."""

    def once():
        run_jobs(lakeside)
        with inside(lakeside):
            return Arrival.objects.get(pk=arrival.pk)

    return once


def due_now(lakeside):
    with inside(lakeside):
        Job.objects.update(available_at=timezone.now(), lease_until=None)


def test_a_sample_fax_is_read_by_the_real_reader(lakeside, run_jobs):
    with inside(lakeside):
        arrival = make_arrival((SAMPLES / "sample-01.pdf").read_bytes())
    run_jobs(lakeside)
    with inside(lakeside):
        values = {row.key: row.value for row in arrival.readings.get().fields.all()}
        assert arrival.refresh().state == "ready"
        assert arrival.pages.count() == arrival.pages_total > 0
    assert all(values[key] for key in ("patient_last", "patient_first", "patient_dob"))


def test_pages_and_values_are_written_down(ocr, read, lakeside):
    ocr(([1, 2], None))
    arrival = read()
    assert (arrival.state, arrival.pages_read, arrival.pages_total) == ("ready", 2, 2)
    assert (arrival.who, arrival.what) == ("Delgado-Ruiz, Maria", "Cardiology, urgent")
    with inside(lakeside):
        values = {row.key: row.value for row in arrival.readings.get().fields.all()}
    assert values.items() >= MARIA.items()


def test_a_killed_try_is_continued_after_the_pages_that_are_written_down(ocr, read, lakeside):
    engine = ocr(([1], KeyboardInterrupt()), ([1, 2], None))
    with pytest.raises(KeyboardInterrupt):
        read()
    due_now(lakeside)
    assert read().state == "ready"
    assert engine.begun == [[1], [2]]
    with inside(lakeside):
        assert list(Arrival.objects.get().pages.values_list("number", flat=True)) == [1, 2]


def test_progress_is_seen_while_pages_come(ocr, read, lakeside):
    ocr(([1], KeyboardInterrupt()), total=12)
    with pytest.raises(KeyboardInterrupt):
        read()
    with inside(lakeside):
        arrival = Arrival.objects.get()
    assert (arrival.state, arrival.pages_read, arrival.pages_total) == ("reading", 1, 12)


def test_a_worker_that_lost_its_lease_writes_nothing_more(ocr, lakeside, arrival, monkeypatch):
    ocr(([1, 2], None))
    monkeypatch.setattr(tasks, "renew", lambda job: False)
    with inside(lakeside):
        job = Job.objects.get(name="intake.read")
    with pytest.raises(LeaseLost):
        tasks.read(job, str(arrival.pk))
    with inside(lakeside):
        assert arrival.pages.count() == 0


def test_an_engine_out_of_reach_is_tried_again_later(ocr, read, lakeside):
    ocr(([], GatewayUnavailable("Tesseract is not installed.")))
    assert read().state == "reading"
    with inside(lakeside):
        job = Job.objects.get(name="intake.read")
    assert (job.done_at, job.reason) == (None, "Tesseract is not installed.")


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        (([], PasswordNeeded()), "password_needed"),
        (([1, 2], Truncated()), "ready"),
        (([1, 2], PagesUnread.of([2])), "ready"),
        (([], Truncated()), "unreadable"),
        (([1], ReaderDied()), "unreadable"),
    ],
)
def test_a_named_trouble_is_a_state_with_a_sentence_and_no_retry(heard, state, ocr, read, lakeside):
    ocr(heard)
    arrival = read()
    assert (arrival.state, arrival.sentence) == (state, str(heard[1]))
    with inside(lakeside):
        assert Job.objects.get(name="intake.read").done_at is not None


def test_what_was_read_before_the_trouble_can_be_checked(ocr, read, lakeside):
    ocr(([1], ReaderDied()))
    with inside(lakeside):
        assert read().readings.get().fields.get(key="patient_last").value == "Delgado-Ruiz"


def test_blank_pages_go_to_a_person_and_not_to_the_done_pile(ocr, read, lakeside):
    ocr(([1], None), found=[paper({}, doc_class="blank")])
    arrival = read()
    assert (arrival.state, "Nothing is written on it" in arrival.sentence) == ("unreadable", True)


def test_two_patients_on_one_fax_are_two_papers(ocr, read, lakeside):
    ocr(([1, 2], None), found=[paper(), paper(THEO, first=2, last=2)])
    arrival = read()
    assert arrival.who == "Delgado-Ruiz, Maria and 1 more"
    with inside(lakeside):
        assert arrival.readings.count() == 2


def test_the_one_strong_match_is_remembered(ocr, read, lakeside):
    with inside(lakeside):
        maria = factories.make_patient(family_name="Delgado-Ruiz")
    ocr(([1], None))
    with inside(lakeside):
        assert read().readings.get().matched_patient == maria


def test_shouted_names_are_written_as_people_write_them(ocr, read, lakeside):
    ocr(([1], None), found=[paper({**MARIA, "patient_last": "DELGADO-RUIZ", "patient_first": "MARIA"})])
    assert read().who == "Delgado-Ruiz, Maria"


def test_what_is_doubtful_or_missing_says_why(ocr, read, lakeside):
    ocr(
        ([1], None),
        found=[paper({"patient_last": "Delgado", "member_id": "HPC 6027"}, doubtful=["member_id"])],
    )
    with inside(lakeside):
        why = dict(read().readings.get().fields.exclude(why="").values_list("key", "why"))
    missing = dict.fromkeys(
        ["patient_first", "patient_dob", "reason", "to_specialty"], "Not found on the page"
    )
    assert why == {**missing, "member_id": "O or zero?"}


def test_a_list_of_codes_is_one_value(ocr, read, lakeside):
    document = paper({})
    ocr(([1], None), found=[type(document)("referral", 1, 1, (read_field("icd10", ("R07.89", "I10")),))])
    with inside(lakeside):
        assert read().readings.get().fields.get(key="icd10").value == "R07.89, I10"


def test_an_arrival_that_a_person_dealt_with_is_not_read(ocr, read, lakeside, arrival):
    with inside(lakeside):
        arrival.state = Arrival.State.NOT_REFERRAL
        arrival.save()
    ocr()
    assert read().state == "not_referral"


# ---------------------------------------------------------------- locked files
def locked(password):
    written = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    pdf.save(written, encryption=pikepdf.Encryption(user=password, owner=password))
    return written.getvalue()


@pytest.fixture
def locked_arrival(lakeside, run_jobs):
    with inside(lakeside):
        arrival = make_arrival(locked("lakeside"))
    run_jobs(lakeside)
    return arrival


def test_the_right_password_has_an_open_copy_read_and_is_kept_nowhere(
    locked_arrival, alicia, enter, lakeside
):
    enter(alicia).post(f"/o/lakeside/faxes/{locked_arrival.pk}/password/", {"password": "lakeside"})
    with inside(lakeside):
        arrival = locked_arrival.refresh()
        assert (arrival.state, arrival.readable == arrival.unlocked) == ("received", True)
        with pikepdf.open(BytesIO(storing.read(arrival.unlocked))) as opened:
            assert not opened.is_encrypted
        assert all("lakeside" not in str(ids) for ids in Job.objects.values_list("ids", flat=True))


def test_a_wrong_password_is_said_and_can_be_typed_again(locked_arrival, alicia, enter, lakeside):
    page = enter(alicia).post(f"/o/lakeside/faxes/{locked_arrival.pk}/password/", {"password": "wrong"})
    assert page.status_code == 422
    assert b"This password does not open the file." in page.content
    assert b"wrong" not in page.content
    with inside(lakeside):
        assert locked_arrival.refresh().state == "password_needed"


def test_a_damaged_locked_file_is_said_to_be_damaged():
    with pytest.raises(pdfs.Damaged):
        pdfs.unlocked(b"%PDF-1.7 nothing", "x")


# ---------------------------------------------------------------- stuck
def stuck(lakeside, arrival, **job):
    """Eleven minutes in the machine's hands, for the second time, and this became of the job."""
    with inside(lakeside):
        arrival.state, arrival.read_asked_at = Arrival.State.READING, timezone.now() - timedelta(minutes=11)
        arrival.sentence = rescuing.SECOND_TRY
        arrival.save()
        Job.objects.filter(name="intake.read").update(**job)
    tasks.find_stuck()
    with inside(lakeside):
        return arrival.refresh()


@pytest.mark.parametrize("fate", ["done_at", "dead_at"])
def test_an_arrival_whose_job_is_gone_or_dead_goes_to_a_person(fate, lakeside, arrival):
    found = stuck(lakeside, arrival, **{fate: timezone.now()})
    assert (found.state, "Type from the page" in found.sentence) == ("unreadable", True)


def test_an_arrival_whose_job_still_tries_is_left_alone(lakeside, arrival):
    assert stuck(lakeside, arrival, attempts=3).state == "reading"


def test_every_organization_is_looked_at(lakeside, prairie):
    with inside(prairie):
        other = make_arrival()
    assert stuck(prairie, other, dead_at=timezone.now()).state == "unreadable"


def test_a_stuck_arrival_can_be_read_again(lakeside, arrival, ocr, read):
    stuck(lakeside, arrival, dead_at=timezone.now())
    with inside(lakeside):
        arriving.read_again(arrival_id=arrival.pk)
    ocr(([1, 2], None))
    assert read().state == "ready"
