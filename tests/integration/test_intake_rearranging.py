"""Pages split and joined by a person, and taken back again: nothing checked is lost, nothing is done twice."""

import re

import pytest

from intake.actions import checking, reading, rearranging
from intake.extraction import extract
from intake.models import Arrival, FieldReading, Reading
from referrals.models import Document, Referral
from tests.integration.intake_scenes import (
    MARIA,
    MARIAS_FORM,
    THEOS_FORM,
    Sheet,
    form_of,
    form_page,
    make_read,
)

FAXES = "/o/lakeside/faxes/"


@pytest.fixture
def front(alicia, enter, scope):
    """Alicia's browser."""
    return enter(alicia)


@pytest.fixture
def both(scope):
    """Two patients whom the machine took for one."""
    return make_read(form_page(1, **MARIAS_FORM), form_page(2, **THEOS_FORM), cut=False)


def papers(arrival):
    """first page, last page, family name of those that stand."""
    found = arrival.readings.standing().order_by("first_page")
    return [(p.first_page, p.last_page, p.fields.get(key="patient_last").final_value) for p in found]


def cut(browser, arrival, kind, at_page, **changes):
    return browser.post(f"{FAXES}{arrival.pk}/cut/", form_of(arrival, **{kind: at_page}, **changes))


def undo(browser, arrival, **changes):
    return browser.post(f"{FAXES}{arrival.pk}/cut/undo/", form_of(arrival, **changes))


def test_a_split_gives_each_paper_what_stands_on_its_own_pages(front, both):
    answer = cut(front, both, "split", 2)
    assert answer.headers["Location"] == f"{FAXES}{both.pk}/?page=2"
    assert papers(both) == [(1, 1, "Delgado"), (2, 2, "Beaumont")]
    assert both.refresh().who == "Delgado, Maria and 1 more"


def test_the_page_asked_for_shows_the_form_of_its_paper(front, both):
    cut(front, both, "split", 2)
    shown = front.get(f"{FAXES}{both.pk}/?page=2").content.decode()
    assert "2 of 2 patients" in shown
    assert re.search(r'id="f-patient_last" name="patient_last" value="Beaumont"', shown)


def test_joined_papers_keep_the_first_ones_values_and_fill_its_gaps(front, scope):
    arrival = make_read(form_page(1, **MARIAS_FORM), form_page(2, **THEOS_FORM))
    assert len(papers(arrival)) == 2
    cut(front, arrival, "join", 2)
    assert papers(arrival) == [(1, 2, "Delgado")]


def test_undo_brings_back_exactly_what_was_there(front, both):
    before = list(FieldReading.objects.order_by("pk").values())
    whole = both.readings.get()
    cut(front, both, "split", 2)
    undo(front, both)
    assert list(both.readings.standing()) == [whole]
    assert list(whole.fields.order_by("pk").values()) == before


def test_undo_is_offered_after_a_reload_and_gone_once_it_is_done(front, both):
    cut(front, both, "split", 2)
    page = f"{FAXES}{both.pk}/"
    assert "Split at page 2." in front.get(page).content.decode()
    undo(front, both)
    front.get(page)  # the message
    assert "Split at page 2." not in front.get(page).content.decode()


def test_what_was_checked_goes_to_the_paper_on_whose_page_it_stands(front, both, alicia):
    cut(front, both, "split", 2, member_id="HPC 884161")
    first, second = (paper.fields.get(key="member_id") for paper in both.readings.standing())
    assert (first.checked_value, first.checked_by) == ("HPC 884161", alicia)
    assert (second.final_value, second.checked_by) == ("TBX774411", None)


def test_a_changed_value_survives_a_join_from_either_paper(front, scope):
    arrival = make_read(form_page(1, **MARIAS_FORM), form_page(2, **THEOS_FORM))
    second = arrival.readings.get(first_page=2)
    checked = {"reading": str(second.pk), "group_no": "70214"}
    front.post(f"{FAXES}{arrival.pk}/draft/", form_of(arrival) | checked)
    cut(front, arrival, "join", 2)
    assert arrival.readings.standing().get().fields.get(key="group_no").final_value == "70214"


def test_both_of_a_split_fax_become_referrals_with_their_own_pages(front, both):
    cut(front, both, "split", 2)
    for _ in range(2):
        answer = front.post(f"{FAXES}{both.pk}/acceptance/", form_of(both, asked=" ".join(MARIA)))
        assert answer.status_code == 302, answer.content
    assert both.refresh().state == "accepted"
    assert sorted(r.patient.family_name for r in Referral.objects.all()) == ["Beaumont", "Delgado"]
    assert {(d.first_page, d.last_page) for d in Document.objects.filter(kind="order")} == {(1, 1), (2, 2)}


def test_nothing_is_undone_or_joined_across_a_paper_that_was_decided_about(front, both):
    cut(front, both, "split", 2)
    first = form_of(both)["reading"]
    front.post(f"{FAXES}{both.pk}/refusal/", {"reason": "Advertisement or junk", "reading": first})
    for answer in (undo(front, both), cut(front, both, "join", 2)):
        assert answer.status_code == 302
    assert len(papers(both)) == 2
    assert "Split at page 2." not in front.get(f"{FAXES}{both.pk}/").content.decode()


@pytest.mark.parametrize(("kind", "at_page"), [("split", 1), ("split", 9), ("join", 2), ("split", "x")])
def test_what_cannot_be_cut_stays_as_it_is(kind, at_page, front, both):
    assert cut(front, both, kind, at_page).status_code == 302
    assert papers(both) == [(1, 2, "Delgado")]


def test_a_form_of_a_paper_that_was_split_meanwhile_accepts_nothing(front, both):
    stale = form_of(both)
    cut(front, both, "split", 2)
    front.post(f"{FAXES}{both.pk}/acceptance/", {**stale, "asked": " ".join(MARIA)})
    assert Referral.objects.count() == 0


def test_a_colleague_who_has_it_open_is_not_cut_across(front, both, enter, priya):
    enter(priya).get(f"{FAXES}{both.pk}/")
    cut(front, both, "split", 2)
    assert len(papers(both)) == 1


def test_a_paper_put_aside_counts_nowhere(front, both):
    cut(front, both, "split", 2)
    undo(front, both)
    assert "Looks like" not in front.get(FAXES).content.decode().partition("<tbody>")[2]
    assert Arrival.objects.for_rows().get(pk=both.pk).papers == 1
    front.post(f"{FAXES}{both.pk}/acceptance/", form_of(both, asked=" ".join(MARIA)))
    assert both.refresh().state == "accepted"


def test_an_arrival_in_which_nothing_was_found_can_be_split(scope, alicia):
    arrival = make_read(Sheet(1), Sheet(2))
    assert arrival.state == "unreadable"
    rearranging.split(arrival_id=arrival.pk, at_page=2, membership=alicia)
    assert [(p.first_page, p.last_page) for p in arrival.readings.standing()] == [(1, 1), (2, 2)]


def test_reading_again_does_not_undo_a_persons_cut(scope, alicia):
    arrival = make_read(Sheet(1), Sheet(2))
    rearranging.split(arrival_id=arrival.pk, at_page=2, membership=alicia)
    reading.finish(arrival.pk, extract([form_page(1, **MARIAS_FORM)]))
    assert Reading.objects.standing().filter(arrival=arrival).count() == 2


def test_a_finished_arrival_is_not_cut(scope, alicia, both, front):
    front.post(f"{FAXES}{both.pk}/refusal/", {"reason": "Advertisement or junk"})
    with pytest.raises(checking.AlreadyHandled):
        rearranging.split(arrival_id=both.pk, at_page=2, membership=alicia)
