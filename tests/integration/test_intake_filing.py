"""Faxes that do not become a referral of their own."""

from datetime import date

import pytest

from referrals.models import Document, Referral
from tests import factories
from tests.integration.intake_scenes import MARIA, THEO, form_of, make_ready, paper

FAXES = "/o/lakeside/faxes/"


@pytest.fixture
def front(alicia, enter, scope):
    """Alicia's browser."""
    return enter(alicia)


@pytest.fixture
def known(scope):
    """A referral of the patient whom the papers are about."""
    return factories.make_referral(
        patient=factories.make_patient(family_name="Delgado-Ruiz", birth_date=date(1967, 3, 14))
    )


def refuse(browser, arrival, **values):
    return browser.post(f"{FAXES}{arrival.pk}/refusal/", {"reason": "Advertisement or junk", **values})


def attach(browser, arrival, referral, **values):
    return browser.post(
        f"{FAXES}{arrival.pk}/attachment/", {"number": referral.number, "kind": "report", **values}
    )


def test_junk_is_filed_with_its_reason(front, alicia):
    arrival = make_ready()
    refuse(front, arrival, note="golf clubs")
    arrival = arrival.refresh()
    assert (arrival.state, arrival.sentence, arrival.finished_by) == (
        "not_referral",
        "Advertisement or junk: golf clubs",
        alicia,
    )
    assert Referral.objects.count() == 0


def test_a_reason_must_be_chosen(front):
    arrival = make_ready()
    answer = refuse(front, arrival, reason="")
    assert (answer.status_code, arrival.refresh().state) == (422, "ready")


def test_refusing_twice_is_harmless(front):
    arrival = make_ready()
    refuse(front, arrival)
    assert refuse(front, arrival).status_code == 302
    assert arrival.refresh().state == "not_referral"


def test_one_of_two_papers_refused_leaves_the_other(front):
    arrival = make_ready(paper(), paper(THEO, first=2, last=2))
    refuse(front, arrival)
    assert arrival.refresh().state == "ready"
    front.post(f"{FAXES}{arrival.pk}/acceptance/", form_of(arrival))
    assert (arrival.refresh().state, Referral.objects.get().patient.given_name) == ("accepted", "Theo")


def test_a_report_is_attached_to_its_referral(front, known):
    arrival = make_ready(paper(doc_class="consult_report"))
    answer = attach(front, arrival, known)
    assert answer.headers["Location"] == f"/o/lakeside/referrals/{known.number}/"
    assert (arrival.refresh().state, arrival.referral) == ("attached", known)
    document = Document.objects.get(referral=known)
    assert (document.kind, document.patient) == ("report", known.patient)
    assert known.steps.get(name="document_added").title == "Consult report attached from a fax, 1 page"


def test_the_number_may_be_typed_without_its_letter(front, known):
    arrival = make_ready()
    attach(front, arrival, known, number=known.number.removeprefix("R-"))
    assert arrival.refresh().state == "attached"


def test_an_unknown_number_is_said(front, known):
    answer = attach(front, make_ready(), known, number="R-99999")
    assert (answer.status_code, b"There is no referral with this number." in answer.content) == (422, True)


def test_a_paper_of_another_birth_date_is_attached_only_when_the_person_is_sure(front, known):
    arrival = make_ready(paper({**MARIA, "patient_dob": "1980-01-01"}))
    answer = attach(front, arrival, known)
    assert answer.status_code == 422
    assert "is for somebody born 03/14/1967" in answer.content.decode()
    attach(front, arrival, known, sure="on")
    assert arrival.refresh().state == "attached"


def test_a_colleagues_fax_cannot_be_filed(front, known, enter, priya):
    arrival = make_ready()
    enter(priya).get(f"{FAXES}{arrival.pk}/")
    for answer in (refuse(front, arrival), attach(front, arrival, known)):
        assert answer.status_code == 302
    assert arrival.refresh().state == "ready"
