"""Papers: stored sealed, told by what they are, read only by those who may, and never run."""

from io import BytesIO

import pytest

from audit.models import AccessEvent
from gateways.storage.local import LocalStorage
from referrals import storing
from referrals.models import Dispatch, Document, Step
from tests import factories
from tests.conftest import inside
from tests.integration import referral_scenes as scenes

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
HTML = b"<html><script>alert(1)</script></html>"
EXECUTABLE = b"MZ\x90\x00" + b"\x00" * 60


def a_file(content, name="scan.pdf"):
    file = BytesIO(content)
    file.name = name
    return file


def upload(browser, referral, content=scenes.PDF, *, name="scan.pdf", **said):
    said = {"file": a_file(content, name), "kind": "record", **said}
    return browser.post(f"/o/lakeside/referrals/{referral.number}/documents/", said, follow=True)


def open_it(browser, document):
    return browser.get(f"/o/lakeside/documents/{document.pk}/")


@pytest.fixture
def paper(scope):
    """A clinical record of a referral."""
    referral = scenes.received()
    return storing.keep(
        scenes.PDF, kind="record", title="Progress note", referral=referral, patient=referral.patient
    )


# ---------------------------------------------------------------- adding


def test_a_paper_joins_the_referral_and_its_timeline(scope, alicia, enter):
    referral = scenes.received()
    html = upload(enter(alicia), referral, title="Progress note, 11/20").content.decode()
    document = Document.objects.get(referral=referral)
    assert (document.media_type, document.patient_id, document.added_by) == (
        "application/pdf", referral.patient_id, alicia.user,
    )  # fmt: skip
    assert "Progress note, 11/20" in html and "Document added." in html
    assert (
        Step.objects.get(referral=referral, name="document_added").title
        == "Document added: Progress note, 11/20"
    )


def test_a_files_own_name_is_kept_nowhere(scope, alicia, enter):
    referral = scenes.received()
    html = upload(enter(alicia), referral, name="Delgado Maria 1967-03-14.pdf").content.decode()
    assert Document.objects.get(referral=referral).title == "Clinical record"
    assert "1967-03-14.pdf" not in html


def test_what_is_stored_is_sealed(scope, alicia, enter, settings):
    upload(enter(alicia), scenes.received(), scenes.PDF + b"chest tightness")
    kept = [file.read_bytes() for file in settings.DOCUMENTS_DIR.rglob("*") if file.is_file()]
    assert kept and all(b"chest tightness" not in content for content in kept)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HTML, "Only PDF, TIFF, PNG or JPEG can be added."),
        (EXECUTABLE, "Only PDF, TIFF, PNG or JPEG can be added."),
        (b"", "This file is empty."),
    ],
)
def test_a_file_that_is_no_paper_is_refused_whatever_it_is_called(scope, alicia, enter, content, words):
    referral = scenes.received()
    assert words in upload(enter(alicia), referral, content, name="report.pdf").content.decode()
    assert not Document.objects.filter(referral=referral).exists()


def test_a_file_that_is_too_large_is_refused_with_the_limit(scope, alicia, enter, settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    html = upload(enter(alicia), scenes.received(), scenes.PDF + b"0" * 1024 * 1024).content.decode()
    assert "larger than 1.0" in html
    assert not Document.objects.exists()


def test_no_file_is_asked_for(scope, alicia, enter):
    address = f"/o/lakeside/referrals/{scenes.received().number}/documents/"
    answer = enter(alicia).post(address, {"kind": "record"}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content.decode()) == (400, "Choose a file.")


@pytest.mark.parametrize("kind", ["fax", "packet", "report", "recipe"])
def test_a_kind_that_is_not_offered_is_refused(scope, alicia, enter, kind):
    upload(enter(alicia), scenes.received(), kind=kind)
    assert not Document.objects.exists()


def test_a_full_disk_is_said_and_nothing_is_half_kept(scope, alicia, enter, monkeypatch):
    def full(*args, **kwargs):
        raise storing.GatewayUnavailable("The document store is full.")

    monkeypatch.setattr(LocalStorage, "put", full)
    referral = scenes.received()
    assert "The document store is full." in upload(enter(alicia), referral).content.decode()
    assert not Document.objects.exists()


# ---------------------------------------------------------------- the consult report


def hand_in(browser, referral, content=scenes.PDF):
    address = f"/o/lakeside/referrals/{referral.number}/report/"
    return browser.post(address, {"file": a_file(content)}, follow=True)


def test_a_report_is_uploaded_and_on_its_way_in_one_go(scope, alicia, enter):
    referral = scenes.seen()
    hand_in(enter(alicia), referral)
    dispatch = Dispatch.objects.get(referral=referral)
    assert (dispatch.document.kind, dispatch.to, dispatch.state) == (
        "report", referral.referring_practice.fax, "queued",
    )  # fmt: skip
    assert referral.refresh().next_code == "await_dispatch"


def test_a_report_to_an_office_without_fax_is_filed_and_the_reason_said(scope, alicia, enter):
    doctor = factories.make_provider(practice=factories.make_practice(fax=""))
    referral = scenes.seen(referring_provider=doctor)
    html = hand_in(enter(alicia), referral).content.decode()
    assert "no fax number" in html
    assert Document.objects.filter(referral=referral, kind="report").count() == 1
    assert referral.refresh().stage == "seen"


def test_a_report_that_is_no_pdf_is_refused(scope, alicia, enter):
    referral = scenes.seen()
    assert (
        "Only PDF can be added. This file is image/png."
        in hand_in(enter(alicia), referral, PNG).content.decode()
    )
    assert not Dispatch.objects.exists()


def test_a_report_before_the_visit_is_not_even_stored(scope, alicia, enter):
    referral = scenes.scheduled()
    assert "is already at “Scheduled”" in hand_in(enter(alicia), referral).content.decode()
    assert not Document.objects.exists()


# ---------------------------------------------------------------- reading


def test_a_paper_comes_back_whole_and_cannot_run(scope, alicia, enter, paper):
    answer = open_it(enter(alicia), paper)
    assert b"".join(answer.streaming_content) == scenes.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="R-20001-clinical-record.pdf"'
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_a_picture_is_shown_in_the_browser(scope, alicia, enter):
    picture = storing.keep(PNG, kind="record", title="Card", referral=scenes.received())
    answer = open_it(enter(alicia), picture)
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_reading_a_paper_is_logged(scope, alicia, enter, paper):
    open_it(enter(alicia), paper)
    event = AccessEvent.objects.get(object_type="document")
    assert (event.user, event.patient_ids, event.detail) == (
        alicia.user,
        [paper.patient_id],
        "Clinical record",
    )


def test_an_auditor_may_not_read_papers(scope, member, enter, paper):
    assert open_it(enter(member("auditor")), paper).status_code == 403


def test_a_foreign_paper_is_not_there(lakeside, prairie, enter):
    with inside(lakeside):
        paper = storing.keep(scenes.PDF, kind="record", title="Note", referral=scenes.received())
    browser = enter(factories.make_membership(prairie, "admin"))
    assert browser.get(f"/o/prairie/documents/{paper.pk}/").status_code == 404


def test_an_altered_paper_is_never_given_out(scope, alicia, enter, paper, settings):
    (stored,) = [file for file in settings.DOCUMENTS_DIR.rglob("*") if file.is_file()]
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    answer = open_it(enter(alicia), paper)
    assert answer.status_code == 410
    assert "The document cannot be opened" in answer.content.decode()


def test_a_paper_that_is_gone_is_said(scope, alicia, enter, paper, settings):
    for file in settings.DOCUMENTS_DIR.rglob("*"):
        if file.is_file():
            file.unlink()
    assert open_it(enter(alicia), paper).status_code == 410
