"""A fax sent twice is found by its pages and its words; a person says whether it was, and can take it back."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from intake.actions import duplicates, reading
from intake.extraction import Extraction
from intake.queries import StoredWord
from tests.conftest import inside
from tests.integration.intake_scenes import MARIA, THEO, Sheet, make_arrival, make_ready, paper

FORM = [f"Label{n:02d}" for n in range(28)]


def picture(lines=range(20, 200, 9), down=0):
    """A page with lines of ink at these places."""
    page = Image.new("1", (340, 440), 1)
    for y in lines:
        ImageDraw.Draw(page).rectangle((40, 40 + y + down, 300, 43 + y + down), fill=0)
    written = BytesIO()
    page.save(written, "PNG")
    return written.getvalue()


def words(texts):
    return tuple(StoredWord(text, 100, 200 + 40 * n, 300, 30, 0.95) for n, text in enumerate(texts))


def read(values=MARIA, *, pages=1, image=None, said=None, form=FORM, doc_class="referral", **facts):
    """A fax that came and was read, each of its pages with this picture."""
    arrival = make_arrival(**facts)
    reading.begin(arrival.pk, read_key=arrival.read_key)
    said = [values.get("patient_last", ""), values.get("patient_phone", "")] if said is None else said
    for number in range(1, pages + 1):
        sheet = Sheet(number, words=words([*form, *said]), image=image or picture())
        reading.record_page(arrival.pk, sheet)
    reading.finish(arrival.pk, Extraction((paper(values, last=pages, doc_class=doc_class),), ("referral",)))
    return arrival.refresh()


@pytest.fixture
def first(scope):
    return read()


# ---------------------------------------------------------------- found
def test_a_second_sending_of_the_same_pages_is_found(first):
    again = read(image=picture(down=9))
    assert (again.looks_like, again.state) == (first, "ready")


def test_the_same_form_about_another_patient_is_not(first):
    assert read(THEO).looks_like is None


def test_another_form_about_the_same_patient_is_not(first):
    assert read(image=picture(lines=[20, 24, 70, 150, 154, 260, 310, 360])).looks_like is None


def test_another_reason_is_the_same_fax_changed_and_another_letter_is_none(first):
    assert read(said=["Other", "reason"]).looks_like == first
    assert read(said=[f"{letter * 7}" for letter in "abcdefghij"], form=FORM[:18]).looks_like is None


def test_another_sender_s_fax_about_the_same_patient_is_compared_too(first):
    assert read(from_number="+12175550199").looks_like == first


def test_more_pages_than_the_first_had_are_not_the_same(first):
    assert read(pages=2).looks_like is None


def test_the_last_pages_alone_are_a_part_sent_again(scope):
    whole = read(pages=2)
    assert read(pages=1).looks_like == whole


def test_what_was_said_to_be_sent_twice_is_no_first_one(first, priya):
    again = read()
    duplicates.say_sent_twice(arrival_id=again.pk, membership=priya)
    assert read().looks_like == first


def test_an_unread_form_is_like_no_other(scope):
    read({})
    assert read({}).looks_like is None


def test_an_advertisement_that_names_nobody_is(scope):
    advertisement = read({}, doc_class="junk")
    assert read({}, doc_class="junk").looks_like == advertisement


# ---------------------------------------------------------------- decided
@pytest.fixture
def pair(lakeside):
    """Two sendings; on the second the phone is another."""
    with inside(lakeside):
        return read(), read({**MARIA, "patient_phone": "2175550199"})


def page_of(arrival, part=""):
    return f"/o/lakeside/faxes/{arrival.pk}/{part}"


def test_the_review_page_says_so(pair, alicia, enter):
    page = enter(alicia).get(page_of(pair[1])).content.decode()
    assert "Looks like the fax of" in page
    assert page_of(pair[1], "comparison/") in page


def test_both_stand_side_by_side_with_what_differs(pair, alicia, enter):
    page = enter(alicia).get(page_of(pair[1], "comparison/")).content.decode()
    assert page_of(pair[0], "pages/1.png") in page and page_of(pair[1], "pages/1.png") in page
    assert "1 value read differently" in page
    assert "(217) 555-0188" in page and "(217) 555-0199" in page


def test_sent_twice_finishes_it_and_can_be_taken_back(pair, alicia, enter, lakeside):
    browser = enter(alicia)
    browser.post(page_of(pair[1], "duplicate/"))
    with inside(lakeside):
        done = pair[1].refresh()
        assert (done.state, done.duplicate_of, done.finished_by) == ("duplicate", pair[0], alicia)
    assert b"Alicia Warren said that it was sent twice." in browser.get(page_of(pair[1])).content
    browser.post(page_of(pair[1], "duplicate/undo/"))
    with inside(lakeside):
        back = pair[1].refresh()
        assert (back.state, back.duplicate_of, back.readings.count()) == ("ready", None, 1)


def test_not_the_same_is_reviewed_like_any_other(pair, alicia, enter, lakeside):
    enter(alicia).post(page_of(pair[1], "distinction/"))
    with inside(lakeside):
        assert (pair[1].refresh().state, pair[1].looks_like) == ("ready", None)


def test_a_colleague_s_fax_is_not_decided_over_their_head(pair, alicia, priya, enter, lakeside):
    enter(priya).get(page_of(pair[1]))
    answer = enter(alicia).post(page_of(pair[1], "duplicate/"), follow=True)
    assert b"Priya Nair has this open" in answer.content
    with inside(lakeside):
        assert pair[1].refresh().state == "ready"


def test_the_same_file_is_shown_beside_the_first_too(lakeside, alicia, enter):
    with inside(lakeside):
        one = make_ready(content=b"%PDF-1.4 same")
        two = make_arrival(b"%PDF-1.4 same")
    page = enter(alicia).get(page_of(two, "comparison/")).content
    assert two.duplicate_of == one and b"byte for byte" in page


def test_a_fax_like_no_other_has_no_comparison(lakeside, alicia, enter):
    with inside(lakeside):
        alone = read()
    assert enter(alicia).get(page_of(alone, "comparison/")).status_code == 404
