"""Page roles, and where one paper ends and the next begins."""

from dataclasses import replace

import pytest

from intake.extraction import layout, roles
from intake.segmentation import PageSummary, papers_of
from tests.unit.intake.paper import page_of


def test_a_page_is_its_likeliest_role_and_blank_without_words():
    chances = {"referral": 0.2, "lab": 0.7, "cover": 0.1}
    assert roles.of_page(chances, layout.of(page_of("Sodium and potassium"))) == "lab"
    assert roles.of_page({}, layout.of(page_of(""))) == "blank"


def test_a_page_with_nothing_but_the_sending_machines_line_is_blank():
    strip = replace(page_of("Received 05/15/2026 from Rio Bravo Family Clinic"), height=30_000)
    assert roles.of_page({"junk": 0.9}, layout.of(strip)) == "blank"


@pytest.mark.parametrize(
    ("pages", "main", "doc_class"),
    [
        (["cover", "referral", "chart_note", "lab"], 1, "referral"),
        (["prior_auth", "chart_note"], 0, "prior_auth"),
        (["lab"], None, "lab_result"),
        (["consult_report", "chart_note"], None, "consult_report"),
        (["chart_note"], None, "referral"),
        (["cover", "records_request"], None, "records_request"),
        (["order"], None, "order"),
        (["cover", "confirmation"], None, "confirmation"),
        (["junk"], None, "junk"),
        (["blank"], None, "blank"),
    ],
)
def test_a_paper_is_what_its_form_is(pages, main, doc_class):
    assert roles.document_class(pages, main) == doc_class


def form(last="STEWART", born="2001-05-06", fields=8, first=""):
    return PageSummary("referral", last, born, fields, first)


def other(role):
    return PageSummary(role, "", "", 2)


def test_pages_without_a_form_stay_with_what_came_before():
    assert [p.pages for p in papers_of([other("cover"), form(), other("chart_note"), other("lab")])] == [
        [0, 1, 2, 3]
    ]


def test_a_form_for_another_patient_begins_a_paper():
    assert [p.pages for p in papers_of([form(), other("lab"), form("OKAFOR", "1955-07-08")])] == [[0, 1], [2]]


def test_a_second_form_for_the_same_patient_does_not():
    assert len(papers_of([form(), form("STEWART", "2001-05-06")])) == 1


def test_a_slip_in_the_name_or_the_date_does_not_part_one_patient():
    assert len(papers_of([form(), form("STEWARI", "2001-05-08")])) == 1
    assert len(papers_of([form(), form("XXXX", "2001-05-06")])) == 1


def test_siblings_on_one_fax_are_two_patients():
    pages = [form("PETROV", "2015-02-03", first="ANYA"), form("PETROV", "2017-09-03", first="MIKHAIL")]
    assert len(papers_of(pages)) == 2


def test_a_result_of_another_patient_begins_a_paper_where_it_looks_like_a_first_page():
    first = PageSummary("lab", "OKAFOR", "1955-07-08", 3, "DANIEL", starts=True)
    later = PageSummary("lab", "OKAFOR", "1955-07-08", 3, "DANIEL", starts=False)
    assert len(papers_of([form(first="LESLIE"), first])) == 2
    assert len(papers_of([form(first="LESLIE"), later])) == 1
