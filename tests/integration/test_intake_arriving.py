"""Whatever comes through a door is stored and ends in a visible state with a sentence."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from intake import tasks  # noqa: F401 (registers the work)
from intake.actions import arriving
from intake.models import Arrival
from jobs.models import Job
from referrals import storing
from referrals.models import Document
from tests import factories
from tests.conftest import inside, shared
from tests.integration.intake_scenes import make_arrival, make_ready, pdf

UPLOADS = "/o/lakeside/faxes/uploads/"
BAD = {
    "blank.tif": "unreadable",
    "bomb.tif": "unreadable",
    "cuthead.tif": "unreadable",
    "empty.pdf": "unreadable",
    "enc.pdf": "password_needed",
    "notpdf.pdf": "unreadable",
    "trunc.pdf": "unreadable",
    "trunc.tif": "ready",
}


@pytest.fixture
def front(alicia, enter):
    """Alicia's browser."""
    return enter(alicia)


def upload(browser, *files):
    return browser.post(
        UPLOADS, {"files": [SimpleUploadedFile(name, content) for name, content in files]}, follow=True
    )


@pytest.mark.parametrize(("name", "state"), BAD.items())
def test_a_bad_file_is_stored_and_says_what_is_wrong(name, state, lakeside, front, run_jobs):
    content = shared("data", "faxes", "bad", name).read_bytes()
    assert upload(front, (name, content)).status_code == 200
    run_jobs(lakeside)
    with inside(lakeside):
        arrival = Arrival.objects.select_related("document").get()
        assert (arrival.state, arrival.sentence != "") == (state, True)
        assert storing.read(arrival.document) == content


def test_several_files_are_several_arrivals(front, lakeside):
    page = upload(front, ("a.pdf", pdf()), ("b.docx", b"PK\x03\x04 word/document.xml"), ("c.pdf", pdf()))
    with inside(lakeside):
        assert sorted(Arrival.objects.values_list("state", flat=True)) == [
            "received",
            "received",
            "unreadable",
        ]
    assert b"b.docx is stored. This file cannot be read." in page.content


def test_an_upload_remembers_who_brought_it(front, alicia, lakeside):
    page = upload(front, ("scan.pdf", pdf()))
    with inside(lakeside):
        assert Arrival.objects.get().document.added_by == alicia.user
    assert b"scan.pdf is stored and being read." in page.content


def test_nothing_chosen_is_said(front, lakeside):
    assert b"Choose at least one file." in upload(front).content


def test_a_file_over_the_limit_is_kept_but_not_read(scope, settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    arrival = make_arrival(pdf() + b" " * 1024 * 1024)
    assert arrival.state == "unreadable"
    assert arrival.sentence == "This file has 2 MB, and up to 1 MB are read. Ask for it in parts."
    assert not Job.objects.filter(name="intake.read").exists()


def test_a_store_out_of_reach_is_told_and_leaves_nothing(front, lakeside, monkeypatch):
    def away(*args, **kwargs):
        raise storing.GatewayUnavailable("The document store is full.")

    monkeypatch.setattr(storing, "keep", away)
    page = upload(front, ("scan.pdf", pdf()))
    assert b"scan.pdf was not stored" in page.content
    with inside(lakeside):
        assert not Arrival.objects.exists()


def test_the_same_file_again_is_a_duplicate_that_a_person_can_have_read(scope, front):
    content = pdf()
    first, second = make_arrival(content), make_arrival(content)
    assert (second.state, second.duplicate_of, second.is_finished) == ("duplicate", first, True)
    assert second.sentence.startswith("The same file came ")
    front.post(f"/o/lakeside/faxes/{second.pk}/rereading/")
    assert (second.refresh().state, second.duplicate_of) == ("received", None)


def test_the_same_file_after_a_month_is_new(scope):
    content = pdf()
    with time_machine.travel(datetime(2026, 9, 1, 15, tzinfo=ZoneInfo("UTC")), tick=False):
        make_arrival(content)
    assert make_arrival(content).state == "received"


def test_a_delivery_told_twice_is_one_arrival(scope):
    content = pdf()
    first, again = (make_arrival(content, vendor_id="fax-7") for _ in range(2))
    assert first == again
    assert Document.objects.count() == 1


def test_a_delivery_told_twice_at_the_same_moment_is_one_arrival(scope, monkeypatch):
    first = make_arrival(vendor_id="fax-7")
    answers = iter([None, first])
    monkeypatch.setattr(arriving, "_told_before", lambda *_: next(answers))
    assert make_arrival(vendor_id="fax-7") == first
    assert (Arrival.objects.count(), Document.objects.count()) == (1, 1)


def test_the_sender_is_known_by_the_fax_number(scope):
    prairie = factories.make_practice(name="Prairie Family Medicine", fax="+12175550142")
    assert make_arrival().sender == prairie
    assert make_arrival(from_number="+13095550177").sender is None


@time_machine.travel(datetime(2026, 11, 25, 15, 0, tzinfo=ZoneInfo("America/Chicago")), tick=False)
def test_triage_is_due_in_four_hours_of_opening_time(scope):
    due = make_arrival().due_at.astimezone(ZoneInfo("America/Chicago"))
    assert due == datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("America/Chicago"))  # past Thanksgiving


def test_the_job_is_asked_for_in_the_same_transaction(scope):
    arrival = make_arrival()
    assert Job.objects.get(name="intake.read").ids == [str(arrival.pk)]


def test_a_read_fax_is_not_read_again(scope):
    with pytest.raises(arriving.CannotRead, match="read already"):
        arriving.read_again(arrival_id=make_ready().pk)


def test_what_is_no_document_is_not_sent_to_the_reader_again(scope, front):
    arrival = make_arrival(b"just words")
    page = front.post(f"/o/lakeside/faxes/{arrival.pk}/rereading/", follow=True)
    assert "This file cannot be read." in page.content.decode()
    assert arrival.refresh().state == "unreadable"


def test_the_command_prints_the_arrival(lakeside, tmp_path):
    fax, out = tmp_path / "fax.pdf", StringIO()
    fax.write_bytes(pdf())
    call_command("receive_fax", fax, to="lakeside", sender="(217) 555-0142", stdout=out)
    with inside(lakeside):
        arrival = Arrival.objects.get(pk=out.getvalue().strip())
    assert (arrival.from_number, arrival.to_number, arrival.source) == ("+12175550142", lakeside.fax, "fax")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("gone.pdf", "lakeside", ""), "cannot be read"),
        (("fax.pdf", "nowhere", ""), "no organization"),
        (("fax.pdf", "lakeside", "12"), "ten digits"),
    ],
)
def test_the_command_says_what_is_wrong(asked, said, lakeside, tmp_path):
    (tmp_path / "fax.pdf").write_bytes(pdf())
    file, to, sender = asked
    with pytest.raises(CommandError, match=said):
        call_command("receive_fax", tmp_path / file, to=to, sender=sender)
