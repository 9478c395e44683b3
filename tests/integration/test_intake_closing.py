"""A consult report comes back, or an answer to our request: one confirmation does it all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest

from intake import proposals
from intake.actions import answering
from intake.answers import reply_on
from referrals import letters, storing
from referrals.actions import asking, receiving
from referrals.actions.moving import By
from referrals.models import Document, InfoRequest, Visit
from tests import factories
from tests.integration.intake_scenes import MARIA, THEO, clinic_day, make_ready, paper, png

FAXES = "/o/lakeside/faxes/"
SENT = datetime.now(UTC) - timedelta(days=20)


@pytest.fixture
def front(alicia, enter, scope):
    """Alicia's browser, at the front desk."""
    return enter(alicia)


@pytest.fixture
def maria(scope):
    return factories.make_patient(
        given_name="Maria", family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14)
    )


@pytest.fixture
def clinician(member):
    """Whoever may say that a report was read."""
    return member("physician")


def make_outbound(patient, *, stage="sent", **facts):
    """We referred the patient to an office whose fax the report comes from."""
    office = facts.pop("office", None) or factories.make_practice(fax="+12175550142")
    return factories.make_referral(
        patient=patient, stage=stage, direction="outbound", index_at=SENT, receiving_practice=office, **facts
    )


def offered(browser, arrival):
    return browser.get(f"{FAXES}{arrival.pk}/").content.decode()


def close(browser, arrival, referral, **values):
    first = arrival.readings.first()
    posted = {"reading": first.pk, "referral": referral.pk, "seen_on": f"{clinic_day()}", **values}
    return browser.post(f"{FAXES}{arrival.pk}/closing/", posted)


def make_report(values=MARIA, **facts):
    return make_ready(paper(values, doc_class="consult_report"), **facts)


def test_a_report_finds_its_referral_and_says_why(front, maria):
    referral = make_outbound(maria)
    shown = offered(front, make_report())
    assert f'value="{referral.pk}" form="closing" checked' in shown
    assert "Came from their fax" in shown and "Attach for the clinician to read" in shown


def test_a_clinician_closes_the_loop_in_one_press(enter, clinician, maria):
    referral, arrival = make_outbound(maria), make_report()
    answer = close(enter(clinician), arrival, referral)
    assert answer.headers["Location"] == f"/o/lakeside/referrals/{referral.number}/"
    assert (referral.refresh().stage, referral.loop) == ("closed", "report_reviewed")
    assert (arrival.refresh().state, arrival.referral) == ("attached", referral)
    assert Document.objects.get(referral=referral).kind == "report"


def test_every_step_that_must_have_happened_is_on_the_timeline(enter, clinician, maria):
    referral = make_outbound(maria)
    close(enter(clinician), make_report(), referral)
    names = list(referral.steps.order_by("id").values_list("name", flat=True))
    assert names == ["acknowledge", "accept", "schedule", "record_visit", "report", "acknowledge_report"]
    assert Visit.objects.get(referral=referral).source == "report"


def test_the_front_desk_attaches_and_the_clinician_is_next(front, maria):
    referral = make_outbound(maria, stage="seen")
    close(front, make_report(), referral)
    assert (referral.refresh().stage, referral.next_code) == ("reported", "acknowledge_report")


def test_between_two_referrals_alike_a_person_chooses(front, maria):
    office = factories.make_practice(fax="+12175550142")
    for _ in range(2):
        make_outbound(maria, office=office)
    shown = offered(front, make_report())
    assert "Which referral does it answer?" in shown
    assert 'form="closing" checked' not in shown


def test_nothing_is_offered_for_a_stranger_or_before_the_referral_left(front, maria):
    make_outbound(maria)
    assert 'id="closing"' not in offered(front, make_report(THEO))
    assert 'id="closing"' not in offered(front, make_report(received_at=SENT - timedelta(days=3)))


def test_a_report_of_another_birth_date_closes_nothing(enter, clinician, maria):
    referral, arrival = make_outbound(maria), make_report({**MARIA, "patient_dob": "1980-01-01"})
    assert close(enter(clinician), arrival, referral).status_code == 302
    assert (referral.refresh().stage, arrival.refresh().state) == ("sent", "ready")


def test_pressing_twice_closes_once(enter, clinician, maria):
    referral, arrival, browser = make_outbound(maria), make_report(), enter(clinician)
    for _ in range(2):
        close(browser, arrival, referral)
    assert referral.steps.filter(name="acknowledge_report").count() == 1


# ---------------------------------------------------------------- an answer to our request
WANTED = "ECG 11/20, insurance member ID and ICD-10 code"


@dataclass
class Word:
    text: str
    x: int
    y: int
    width: int = 200
    height: int = 30
    confidence: float = 0.9


@dataclass
class Picture:
    number: int
    image: bytes
    words: tuple = ()
    width: int = 1700
    height: int = 2200


@pytest.fixture
def asked(maria):
    """We asked Maria's referrer for three things."""
    referral = factories.make_referral(
        patient=maria, stage="received", coverage=factories.make_coverage(maria, member_id="OLD 1")
    )
    receiving.ask(referral_id=referral.pk, by=By(label="Alicia"), wanted=WANTED)
    return InfoRequest.objects.select_related("referral", "organization").get()


def letter_of(request):
    return storing.read(Document.objects.get(referral=request.referral, title="Request for information"))


def faxed_back(request, *, ticked=(), written=None):
    """The page as it comes back, at the resolution of a fax, with boxes blackened and lines typed on."""
    with pypdfium2.PdfDocument(letter_of(request)) as pdf:
        picture = pdf[0].render(scale=200 / 72).to_pil().convert("L")
    points = 200 / 72
    left, top = letters.QR_LEFT * points, (792 - letters.QR_TOP) * points
    for n in ticked:
        box = letters.box_of(n)
        area = tuple(round(v * points) for v in (box.left, box.top, box.right, box.bottom))
        picture.paste(
            0, (area[0] + round(left), area[1] + round(top), area[2] + round(left), area[3] + round(top))
        )
    words = tuple(
        Word(
            text,
            round(left + letters.line_of(n).left * points + 20),
            round(top + letters.line_of(n).top * points + 10),
        )
        for n, text in (written or {}).items()
    )
    out = BytesIO()
    picture.convert("1").save(out, "PNG")
    return Picture(1, out.getvalue(), words)


def make_reply(request, **what):
    arrival = make_ready(paper({"patient_last": "Delgado-Ruiz"}, doc_class="referral"))
    answering.note_reply(arrival.pk, reply_on([faxed_back(request, **what)]))
    return arrival


def answer(browser, arrival, **values):
    first = arrival.readings.first()
    return browser.post(f"{FAXES}{arrival.pk}/answer/", {"reading": first.pk, "request": first.pk, **values})


def test_asking_faxes_a_page_with_a_code(asked):
    sent = asked.referral.dispatches.get()
    assert (sent.purpose, sent.to, len(asked.code)) == ("request", "+12175550142", 8)
    assert reply_on([faxed_back(asked)]).code == asked.organization.link_key + asked.code


def test_the_request_that_left_is_on_the_timeline_and_moves_nothing(asked):
    asking.record_sent(asked.referral.dispatches.get().pk, reference="F1")
    assert asked.referral.steps.filter(name="request_sent").exists()
    assert asked.referral.refresh().stage == "info_requested"


def test_what_was_ticked_and_written_is_offered(front, asked):
    arrival = make_reply(asked, ticked=[0, 1], written={1: "W104 882 019"})
    lines = proposals.answer_of(arrival, arrival.readings.first()).lines
    assert [(line.text, line.came, line.value) for line in lines] == [
        ("ECG 11/20", True, ""), ("Insurance member ID", True, "W104 882 019"), ("ICD-10 code", False, ""),
    ]  # fmt: skip
    assert "Answers your request of" in offered(front, arrival)


def test_the_printed_code_is_enough_when_the_barcode_is_spoiled(asked):
    spoken = letters.spoken_code(asked).split()
    words = tuple(Word(text, 100 * n, 50) for n, text in enumerate(["Code", *spoken]))
    blank = faxed_back(asked)
    reply = reply_on([Picture(1, png(), words)])
    assert (reply.code, reply.ticked) == (reply_on([blank]).code, None)


def test_a_whole_answer_fills_the_referral_and_closes_the_request(front, asked):
    arrival = make_reply(asked, ticked=[0, 1, 2])
    answer(front, arrival, came=[0, 1, 2], **{"line-1": "w104 882 019", "line-2": "i50.9"})
    referral = asked.referral.refresh()
    assert asked.refresh().answered_at is not None
    assert (referral.stage, referral.coverage.member_id) == ("received", "W104 882 019")
    assert referral.diagnoses == ["R07.89", "I50.9"]
    assert (arrival.refresh().state, arrival.referral) == ("attached", referral)


def test_part_of_an_answer_leaves_the_request_open_and_says_what_is_missing(front, asked):
    answer(front, make_reply(asked, ticked=[0]), came=[0])
    step = asked.referral.steps.get(name="answer_partly")
    assert step.note == "Still missing: Insurance member ID, ICD-10 code."
    assert (asked.refresh().answered_at, asked.referral.refresh().stage) == (None, "info_requested")


def test_what_cannot_be_understood_is_said_and_nothing_is_done(front, asked):
    arrival = make_reply(asked, ticked=[2])
    page = answer(front, arrival, came=[2], **{"line-2": "chest pain"})
    assert (page.status_code, "is not an ICD-10 code" in page.content.decode()) == (422, True)
    assert arrival.refresh().state == "ready"


def test_the_code_of_another_practice_finds_nothing(asked):
    key = asked.organization.link_key
    assert proposals.request_of("ZZZZ" + asked.code, key) is None
    assert proposals.request_of(key + "00000000", key) is None


def test_a_request_that_did_not_leave_is_our_turn_again(asked):
    asking.record_not_sent(asked.referral.dispatches.get().pk, trouble="Busy", state="failed")
    assert (asked.referral.refresh().stage, asked.referral.owed_by) == ("received", "us")
