"""Page roles, and where one paper ends and the next begins."""

import pytest

from intake.extraction import roles
from intake.segmentation import PageSummary, papers_of


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Referral form. Referring provider, NPI, specialty, reason for referral", "referral"),
        ("Prior authorization request. Requesting provider. Medical necessity", "prior_auth"),
        (
            "Consultation report. Thank you for referring this patient. Impression. Recommendations",
            "consult_report",
        ),
        ("Final report. Hemoglobin 13 g/dL, creatinine, platelets, reference range", "lab"),
        ("Progress note. History of present illness. Physical exam. Assessment and plan", "chart_note"),
        ("Fax cover sheet. Number of pages: 3. Confidentiality notice: destroy all copies", "cover"),
        ("Business loans, limited time offer, act now. To be removed from our list", "junk"),
        ("", "blank"),
    ],
)
def test_a_page_is_told_by_its_phrases(text, role):
    assert roles.of_text(text) == role


@pytest.mark.parametrize(
    ("pages", "main", "doc_class"),
    [
        (["cover", "referral", "chart_note", "lab"], 1, "referral"),
        (["prior_auth", "chart_note"], 0, "prior_auth"),
        (["lab"], None, "lab_result"),
        (["consult_report", "chart_note"], None, "consult_report"),
        (["chart_note"], None, "referral"),
        (["junk"], None, "junk"),
        (["blank"], None, "blank"),
    ],
)
def test_a_paper_is_what_its_form_is(pages, main, doc_class):
    assert roles.document_class(pages, main) == doc_class


def form(last="STEWART", born="2001-05-06", labels=8, first=""):
    return PageSummary("referral", last, born, labels, first)


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
