"""Reviewing a fax: checked by one person at a time, accepted once, and nothing of it exists before."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AccessEvent
from insurance.models import Coverage, Payer
from intake.actions import accepting, checking, reading
from intake.models import Arrival, FieldReading
from patients.models import ContactPoint, Patient
from providers.models import Practice, Provider
from referrals import storing
from referrals.models import Dispatch, Document, Referral, Step
from tests import factories
from tests.integration.intake_scenes import MARIA, THEO, Sheet, form_of, make_arrival, make_ready, paper

FAXES = "/o/lakeside/faxes/"


@pytest.fixture
def front(alicia, enter, scope):
    """Alicia's browser."""
    return enter(alicia)


@pytest.fixture
def nurse(priya, enter, scope):
    """Priya's browser."""
    return enter(priya)


def post(browser, arrival, what, **values):
    return browser.post(f"{FAXES}{arrival.pk}/{what}/", values or form_of(arrival))


def accept(browser, arrival, **changes):
    return browser.post(f"{FAXES}{arrival.pk}/acceptance/", form_of(arrival, **changes))


def page(browser, arrival):
    return browser.get(f"{FAXES}{arrival.pk}/").content.decode()


def lapse(arrival):
    arrival = arrival.refresh()
    arrival.claimed_at = timezone.now() - timedelta(minutes=11)
    arrival.save()


# ---------------------------------------------------------------- accepting
def test_accepting_makes_the_referral_with_everything_on_the_paper(front):
    factories.make_specialty()
    arrival = make_ready(paper(last=2))
    answer = accept(front, arrival)
    referral = Referral.objects.select_related("patient", "coverage__payer", "referring_provider").get()
    assert answer.headers["Location"] == f"/o/lakeside/referrals/{referral.number}/"
    assert (referral.stage, referral.direction, referral.priority) == ("received", "inbound", "urgent")
    assert (referral.reason, referral.diagnoses, referral.specialty.name) == (
        MARIA["reason"],
        ["R07.89"],
        "Cardiology",
    )
    assert (referral.source, referral.source_id, referral.index_at) == (
        "fax",
        arrival.pk,
        arrival.received_at,
    )
    assert referral.steps.get(name="received").title == "Fax received, 2 pages"


def test_a_new_patient_may_be_texted_about_care(front):
    accept(front, make_ready())
    patient = Patient.objects.get()
    assert (str(patient), patient.birth_date, patient.city) == (
        "Delgado-Ruiz, Maria",
        date(1967, 3, 14),
        "Decatur",
    )
    mobile = patient.contact_points.get()
    assert (mobile.value, mobile.consent, mobile.may_be_written_to) == ("+12175550188", "not_asked", True)
    assert mobile.consent_source == "Given on the referral"


def test_nothing_touches_the_patients_record_before_acceptance(front):
    arrival = make_ready()
    page(front, arrival)
    post(front, arrival, "draft")
    assert (
        Patient.objects.count(),
        Referral.objects.count(),
        Coverage.objects.count(),
        Practice.objects.count(),
    ) == (0,) * 4


def test_a_known_patient_is_chosen_and_not_changed(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz", mobile="+12175550100", city="Springfield")
    arrival = make_ready()
    accept(front, arrival, match=str(maria.pk), checked="patient_phone")
    referral = Referral.objects.get()
    assert (referral.patient, Patient.objects.count(), maria.refresh().city) == (maria, 1, "Springfield")
    assert "another phone: (217) 555-0188" in referral.steps.get(name="fax_checked").note
    assert ContactPoint.objects.get().value == "+12175550100"


def test_the_strong_match_is_chosen_beforehand(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    shown = page(front, make_ready())
    assert f'value="{maria.pk}" data-key="1" checked' in shown
    assert "Strong match" in shown


def test_a_patient_not_in_the_list_is_named_by_number(front):
    theo = factories.make_patient(family_name="Beaumont", birth_date=date(1967, 3, 14))
    accept(front, make_ready(), match="", mrn=theo.mrn.lstrip("0"))
    assert Referral.objects.get().patient == theo


def test_coverage_with_the_same_member_number_is_used_again(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    coverage = factories.make_coverage(maria, member_id="HPC-8841-6027")
    accept(front, make_ready(), match=str(maria.pk))
    assert Referral.objects.get().coverage == coverage


def test_new_coverage_is_made_with_its_payer(front):
    accept(front, make_ready())
    coverage = Referral.objects.get().coverage
    assert (coverage.payer.name, coverage.refresh().member_id) == ("Heritage PPO", "HPC 8841 6027")


@pytest.mark.parametrize(
    ("payer", "member_id", "name"), [("heritage ppo", "X1", "Heritage PPO"), ("", "X1", "Payer not named")]
)
def test_a_payer_is_found_by_name_or_said_to_be_unnamed(payer, member_id, name, front):
    Payer.objects.create(name="Heritage PPO", payer_id="60054")
    accept(front, make_ready(), payer_name=payer, member_id=member_id)
    assert Referral.objects.get().coverage.payer.name == name


def test_no_insurance_on_the_paper_is_no_coverage(front):
    accept(front, make_ready(), payer_name="", member_id="")
    assert Referral.objects.get().coverage is None


def test_the_referrer_is_known_by_npi(front):
    hannah = factories.make_provider(
        npi=MARIA["ref_npi"], practice=factories.make_practice(fax="+12175550199")
    )
    accept(front, make_ready(from_number=""), ref_fax="")
    referral = Referral.objects.get()
    assert (referral.referring_provider, referral.referring_practice) == (hannah, hannah.practice)


def test_a_referrer_nobody_knows_is_made_with_office_and_npi(front):
    accept(front, make_ready())
    made = Provider.objects.select_related("practice").get()
    assert (made.full_name, made.npi) == ("Hannah Lindqvist, MD", MARIA["ref_npi"])
    assert (made.practice.name, made.practice.fax) == ("Office of Hannah Lindqvist", "+12175550142")


def test_without_an_npi_only_the_office_is_made_and_the_name_is_kept(front):
    accept(front, make_ready(), ref_npi="")
    referral = Referral.objects.get()
    assert (referral.referring_provider, referral.referring_practice.fax) == (None, "+12175550142")
    assert "Hannah Lindqvist, MD, without a valid NPI" in referral.steps.get(name="fax_checked").note


def test_one_of_our_own_is_found_by_surname_and_brings_the_specialty(front):
    ours = factories.make_schedule().provider
    accept(front, make_ready(), to_provider="Dr. Okafor", to_specialty="")
    referral = Referral.objects.get()
    assert (referral.receiving_provider, referral.specialty) == (ours, ours.specialty)


def test_a_specialty_that_is_not_ours_is_kept_in_words(front):
    factories.make_specialty()
    accept(front, make_ready(), to_specialty="Proctology")
    referral = Referral.objects.get()
    assert referral.specialty is None
    assert "Asked for Proctology" in referral.steps.get(name="fax_checked").note


def test_what_was_fixed_is_on_the_timeline_and_beside_what_was_read(front, alicia):
    arrival = make_ready()
    accept(front, arrival, member_id="HPC 8841 6O27", reason="Chest pain")
    assert Step.objects.get(name="fax_checked").title == "Alicia fixed reason, member ID"
    row = FieldReading.objects.get(key="member_id")
    assert (row.value, row.checked_value, row.checked_by) == ("HPC 8841 6027", "HPC 8841 6O27", alicia)


def test_the_original_goes_with_the_referral(front):
    arrival = make_ready(paper(last=2))
    accept(front, arrival)
    document = Document.objects.get(kind="order")
    assert (document, document.referral, document.pages) == (arrival.document, Referral.objects.get(), 2)


def test_a_scan_a_browser_cannot_show_goes_along_as_a_pdf(front):
    arrival = make_ready(content=b"II*\x00 a tiff")
    accept(front, arrival)
    document = Document.objects.get(kind="order")
    assert storing.read(document).startswith(b"%PDF-")
    assert arrival.document.refresh().referral is None


def test_two_clicks_make_one_referral(front):
    arrival = make_ready()
    posted = form_of(arrival)
    first, second = (front.post(f"{FAXES}{arrival.pk}/acceptance/", posted) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (Referral.objects.count(), Patient.objects.count()) == (1, 1)
    assert b"Nothing was done twice" in front.get(second.headers["Location"]).content


def test_two_workers_accepting_at_once_make_one_referral(scope, alicia):
    arrival = make_ready()
    asked = {
        "arrival_id": arrival.pk,
        "reading_id": arrival.readings.get().pk,
        "membership": alicia,
        "values": MARIA,
        "patient_id": None,
    }
    accepting.accept(**asked)
    with pytest.raises(checking.AlreadyHandled):
        accepting.accept(**asked)


def test_an_accepted_fax_leads_to_its_referral_and_to_the_next_fax(front):
    arrival, following = make_ready(), make_ready(paper(THEO))
    accept(front, arrival)
    shown = page(front, arrival)
    assert f"Open {Referral.objects.get().number}" in shown
    assert f'href="{FAXES}{following.pk}/">Open next fax' in shown


def test_an_unreadable_fax_can_be_typed_in(front):
    arrival = make_arrival(b"%PDF-1.4 broken")
    arrival.state = Arrival.State.UNREADABLE
    arrival.save()
    accept(front, arrival, **MARIA)
    assert Referral.objects.get().patient.family_name == "Delgado-Ruiz"
    assert arrival.refresh().state == "accepted"


# ---------------------------------------------------------------- what stands in the way
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"patient_last": ""}, "Type the last name."),
        ({"patient_dob": ""}, "Type the birth date."),
        ({"patient_dob": "14/33/1967"}, "Type a date such as 03/14/1967."),
        ({"reason": "", "to_specialty": ""}, "Type why the patient comes"),
        ({"ref_npi": "1999000123"}, "check digit is wrong"),
        ({"icd10": "chest pain"}, "is not an ICD-10 code"),
        ({"match": ""}, "Choose the patient, or a new one."),
        ({"match": "nobody"}, "Choose the patient, or a new one."),
        ({"match": "", "mrn": "999999"}, "No patient has this number."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(changes, said, front):
    arrival = make_ready()
    answer = accept(front, arrival, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Referral.objects.count() == 0


def test_what_was_typed_is_still_there_after_an_error(front):
    answer = accept(front, make_ready(), patient_dob="14/33/1967", reason="Typed for a long time")
    assert b"14/33/1967" in answer.content
    assert b"Typed for a long time" in answer.content


def test_another_birth_date_than_the_chosen_patients_is_refused(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz", birth_date=date(1967, 3, 15))
    answer = accept(front, make_ready(), match=str(maria.pk))
    assert "was born 03/15/1967" in answer.content.decode()


def test_a_patient_who_is_here_already_is_not_made_again_unseen(front):
    arrival = make_ready(paper({**MARIA, "patient_last": "Delgado-Rulz"}))
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    fixed = {"patient_last": "Delgado-Ruiz", "match": "new"}
    assert "is here already" in accept(front, arrival, **fixed).content.decode()
    accept(front, arrival, **fixed, shown=str(maria.pk))
    assert Patient.objects.count() == 2


def test_unchecked_fields_are_asked_about_once(front):
    arrival = make_ready(paper(doubtful=["member_id"]))
    answer = accept(front, arrival)
    assert "Not checked yet: Member ID." in answer.content.decode()
    assert 'name="asked" value="member_id"' in answer.content.decode()
    assert accept(front, arrival, asked="member_id").status_code == 302


def test_a_gap_that_the_paper_leaves_is_not_asked_about(front):
    arrival = make_ready(paper({**MARIA, "reason": "", "to_specialty": ""}))
    assert accept(front, arrival, reason="Chest pain").status_code == 302


@pytest.mark.parametrize("looked_at", [{"checked": "member_id"}, {"member_id": "HPC 8841 6O27"}])
def test_a_field_that_was_ticked_or_changed_is_checked(looked_at, front):
    assert accept(front, make_ready(paper(doubtful=["member_id"])), **looked_at).status_code == 302


# ---------------------------------------------------------------- one person at a time
def test_opening_claims_and_a_colleague_may_only_read(front, nurse, alicia):
    arrival = make_ready()
    page(front, arrival)
    shown = page(nurse, arrival)
    assert arrival.refresh().claimed_by == alicia
    assert "Alicia Warren has this open." in shown
    assert "Save for later" not in shown


def test_a_claim_that_lapsed_can_be_taken_over(front, nurse, priya):
    arrival = make_ready()
    page(front, arrival)
    assert (
        "Alicia Warren has this open until"
        in post(nurse, arrival, "claim", x=1).wsgi_request._messages._queued_messages[0].message
    )
    lapse(arrival)
    post(nurse, arrival, "claim", x=1)
    assert arrival.refresh().claimed_by == priya


def test_the_one_whose_claim_was_taken_changes_nothing_and_loses_nothing(front, nurse):
    arrival = make_ready()
    page(front, arrival)
    lapse(arrival)
    page(nurse, arrival)
    answer = accept(front, arrival, reason="Typed for a long time")
    assert (answer.status_code, Referral.objects.count()) == (409, 0)
    assert "Priya Nair has this open until" in answer.content.decode()
    assert "Typed for a long time" in answer.content.decode()


def test_looking_again_does_not_keep_a_fax_for_ever(front):
    arrival = make_ready()
    page(front, arrival)
    claimed_at = arrival.refresh().claimed_at
    page(front, arrival)
    assert arrival.refresh().claimed_at == claimed_at


def test_saving_renews_the_claim(front, alicia):
    arrival = make_ready()
    lapse(arrival)
    post(front, arrival, "draft")
    assert arrival.refresh().claimed_until > timezone.now() + timedelta(minutes=9)


def test_giving_it_back_frees_it(front):
    arrival = make_ready()
    page(front, arrival)
    post(front, arrival, "release", x=1)
    assert arrival.refresh().claimed_by is None


def test_the_one_who_only_reads_sees_when_it_is_free(front, nurse):
    arrival = make_ready()
    page(front, arrival)
    seen = re.search(r"presence/\?seen=([^\"]+)", page(nurse, arrival))[1]
    presence = f"{FAXES}{arrival.pk}/presence/"
    assert nurse.get(f"{presence}?seen={seen}").status_code == 204
    post(front, arrival, "release", quietly="1")
    told = nurse.get(f"{presence}?seen={seen}").content.decode()
    assert "Nobody has this open now." in told
    assert 'aria-disabled="true"' not in told
    assert arrival.refresh().claimed_by is None


def test_the_one_who_is_at_work_keeps_it(front, nurse, alicia):
    arrival = make_ready()
    page(front, arrival)
    arrival = arrival.refresh()
    arrival.claimed_at = timezone.now() - timedelta(minutes=9)
    arrival.save()
    changes = arrival.history.count()
    assert post(front, arrival, "heartbeat", x=1).status_code == 204
    assert arrival.refresh().claimed_until > timezone.now() + timedelta(minutes=9)
    assert arrival.history.count() == changes


def test_a_heartbeat_after_a_colleague_took_over_says_who(front, nurse):
    arrival = make_ready()
    page(front, arrival)
    lapse(arrival)
    page(nurse, arrival)
    answer = post(front, arrival, "heartbeat", x=1)
    assert (answer.status_code, b"Priya Nair has this open until" in answer.content) == (409, True)


# ---------------------------------------------------------------- two people, one after the other
def by_the_way(browser, posted, arrival):
    return browser.post(f"{FAXES}{arrival.pk}/draft/", posted, headers={"HX-Request": "true"})


@pytest.fixture
def left(front, nurse):
    """Alicia had it open and left; Priya changed two values, and left. What Alicia's page still carries."""
    arrival = make_ready()
    stale = {
        **form_of(arrival),
        "seen": unescape(re.search(r'id="seen" value="([^"]*)"', page(front, arrival))[1]),
    }
    post(front, arrival, "release", x=1)
    page(nurse, arrival)
    by_the_way(nurse, form_of(arrival, reason="Chest pain", group_no="70214"), arrival)
    post(nurse, arrival, "release", x=1)
    return arrival, stale


def value(arrival, key):
    return FieldReading.objects.get(reading__arrival=arrival, key=key).final_value


def test_a_value_changed_by_one_of_two_is_kept_whoever_saves_last(front, left):
    arrival, stale = left
    by_the_way(front, {**stale, "member_id": "HPC 1"}, arrival)
    assert [value(arrival, key) for key in ("member_id", "group_no", "reason")] == [
        "HPC 1",
        "70214",
        "Chest pain",
    ]


def test_a_value_changed_by_both_is_shown_twice_and_replaced_only_when_saved_again(front, left):
    arrival, stale = left
    told = by_the_way(front, {**stale, "reason": "Palpitations"}, arrival).content.decode()
    assert "Reason: Priya Nair left “Chest pain” here." in told
    assert value(arrival, "reason") == "Chest pain"
    seen = unescape(re.search(r'id="seen" value="([^"]*)"', told)[1])
    by_the_way(front, {**stale, "seen": seen, "reason": "Palpitations"}, arrival)
    assert value(arrival, "reason") == "Palpitations"


def test_nobody_accepts_what_a_colleague_changed_unseen(front, left):
    arrival, stale = left
    answer = front.post(f"{FAXES}{arrival.pk}/acceptance/", {**stale, "reason": "Palpitations"})
    shown = answer.content.decode()
    assert (answer.status_code, Referral.objects.count()) == (422, 0)
    assert "Priya Nair changed this meanwhile: Group." in shown
    assert "Priya Nair left “Chest pain” here." in shown
    assert "Palpitations" in shown and "70214" in shown


def test_ones_own_saving_by_the_way_is_no_clash(front):
    arrival = make_ready()
    seen = unescape(re.search(r'id="seen" value="([^"]*)"', page(front, arrival))[1])
    by_the_way(front, form_of(arrival, seen=seen, reason="Chest p"), arrival)
    accept(front, arrival, seen=seen, reason="Chest pain")
    assert Referral.objects.get().reason == "Chest pain"


# ---------------------------------------------------------------- saved for later
def test_what_is_saved_is_there_for_a_colleague(front, nurse):
    arrival = make_ready(paper(doubtful=["member_id"]))
    front.post(
        f"{FAXES}{arrival.pk}/draft/",
        form_of(arrival, reason="Chest pain, 3 weeks", patient_dob="03/14/67", checked="member_id"),
    )
    lapse(arrival)
    shown = page(nurse, arrival)
    assert "Chest pain, 3 weeks" in shown
    assert "All fields checked" in shown
    assert FieldReading.objects.get(key="patient_dob").checked_value is None


def test_even_what_cannot_be_understood_is_saved(front):
    arrival = make_ready()
    front.post(f"{FAXES}{arrival.pk}/draft/", form_of(arrival, patient_dob="14/33/1967"))
    assert "14/33/1967" in page(front, arrival)


# ---------------------------------------------------------------- what is missing
def ask(browser, arrival, **changes):
    return browser.post(f"{FAXES}{arrival.pk}/question/", form_of(arrival, **changes))


def test_a_referral_that_lacks_something_is_kept_and_its_sender_asked(front):
    arrival = make_ready(paper({**MARIA, "reason": "", "to_specialty": ""}))
    ask(front, arrival, wanted=["reason", "notes"], also="ECG of last week")
    referral = Referral.objects.get()
    assert (referral.stage, arrival.refresh().state) == ("info_requested", "accepted")
    assert referral.info_requests.get().wanted == "Reason, Office notes. ECG of last week"


def test_what_a_referral_cannot_be_without_is_ticked_beforehand(front):
    shown = page(front, make_ready(paper({**MARIA, "reason": "", "to_specialty": ""})))
    assert 'name="wanted" value="reason" checked' in shown
    assert 'name="wanted" value="group_no">' in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "Tick what is missing"), ({"wanted": "reason", "patient_last": ""}, "Type the last name.")],
)
def test_nobody_is_asked_for_nothing_or_about_nobody(changes, said, front):
    answer = ask(front, make_ready(), **changes)
    assert (answer.status_code, Referral.objects.count()) == (422, 0)
    assert said in answer.content.decode()


# ---------------------------------------------------------------- onward
def test_accepting_ahead_opens_the_next_fax(front):
    first, second = make_ready(), make_ready(paper(THEO))
    assert accept(front, first, then="next").headers["Location"] == f"{FAXES}{second.pk}/"
    assert accept(front, second, then="next").headers["Location"] == FAXES


# ---------------------------------------------------------------- papers that are no referral
@pytest.mark.parametrize(
    ("doc_class", "says", "likely"),
    [
        ("order", "An order, not a referral.", "Order, passed on"),
        ("records_request", "Somebody asks for records.", "Request for records, passed on"),
        ("confirmation", "It confirms a fax that we sent.", "Confirms a fax we sent"),
    ],
)
def test_what_is_no_referral_is_named_with_the_likely_reason_chosen(doc_class, says, likely, front):
    shown = page(front, make_ready(paper(doc_class=doc_class)))
    assert says in shown
    assert re.search(f'value="{likely}"[^>]*checked', shown)


def test_a_confirmation_names_the_fax_of_ours_and_is_filed_away_by_one_press(front):
    referral, arrival = factories.make_referral(), make_ready(paper(doc_class="confirmation"))
    sent = {"to": "+12175550142", "sent_at": arrival.received_at - timedelta(hours=1)}
    Dispatch.objects.create(referral=referral, document=arrival.document, state="delivered", **sent)
    shown = page(front, arrival)
    assert f"{referral.number}</a>." in shown
    assert 'form="file-away" data-key="f"' in shown
    first = form_of(arrival)["reading"]
    post(front, arrival, "refusal", reason="Confirms a fax we sent", reading=first)
    assert arrival.refresh().state == "not_referral"


def test_an_order_is_filed_on_the_patient_without_a_referral(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    arrival = make_ready(paper(doc_class="order"))
    front.post(f"{FAXES}{arrival.pk}/filing/", form_of(arrival, match=str(maria.pk)))
    document = Document.objects.get(kind="record")
    assert (document.patient, document.referral, arrival.refresh().state) == (maria, None, "not_referral")
    assert arrival.sentence == f"Filed on the patient, MRN {maria.mrn}"


def test_nothing_is_filed_on_nobody(front):
    arrival = make_ready(paper(doc_class="order"))
    answer = front.post(f"{FAXES}{arrival.pk}/filing/", form_of(arrival))
    assert (answer.status_code, arrival.refresh().state) == (422, "ready")


# ---------------------------------------------------------------- two patients on one fax
def test_two_patients_become_two_referrals_one_after_the_other(front):
    arrival = make_ready(paper(), paper(THEO, first=2, last=3))
    assert "1 of 2 patients" in page(front, arrival)
    assert accept(front, arrival).headers["Location"] == f"{FAXES}{arrival.pk}/"
    assert arrival.refresh().state == "ready"
    assert "2 of 2 patients" in page(front, arrival)
    assert "/referrals/" in accept(front, arrival).headers["Location"]
    assert (arrival.refresh().state, Referral.objects.count()) == ("accepted", 2)


def test_each_of_two_patients_gets_their_own_pages_only(front):
    arrival = make_ready(paper(), paper(THEO, first=2, last=3))
    accept(front, arrival)
    accept(front, arrival)
    pages = {d.patient.given_name: (d.first_page, d.last_page) for d in Document.objects.filter(kind="order")}
    assert pages == {"Maria": (1, 1), "Theo": (2, 3)}
    assert arrival.document.refresh().referral is None


# ---------------------------------------------------------------- the page and its pictures
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_arrival, "Waiting to be read."),
        (lambda: make_arrival(b"no document"), "Type from the page"),
        (make_ready, "Patient match"),
    ],
)
def test_each_state_has_its_face(make, words, front):
    shown = page(front, make())
    assert words in shown or "You can type what the paper says" in shown


def test_a_duplicate_leads_to_the_first_fax(front):
    first, second = make_arrival(b"%PDF-1.4 same"), make_arrival(b"%PDF-1.4 same")
    shown = page(front, second)
    assert "Not a duplicate, read it" in shown
    assert f'href="{FAXES}{first.pk}/"' in shown


def test_a_picture_is_opened_for_this_answer_only_and_logged(front, alicia):
    arrival = make_ready()
    answer = front.get(f"{FAXES}{arrival.pk}/pages/1.png")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/png", "no-store")
    assert AccessEvent.objects.get(detail="Page 1").user == alicia.user


def test_the_picture_of_the_page_is_asked_for_with_the_page(front):
    arrival = make_ready(paper(last=2))
    link = front.get(f"{FAXES}{arrival.pk}/?page=2").headers["Link"]
    assert link == f"<{FAXES}{arrival.pk}/pages/2.png>; rel=preload; as=image"


def test_a_thumbnail_is_small(front):
    answer = front.get(f"{FAXES}{make_ready().pk}/pages/1/thumb.png")
    assert len(answer.content) < 2000


@pytest.mark.parametrize("rest", ["pages/9.png", "pages/9/thumb.png"])
def test_a_page_that_is_not_there_is_not_found(rest, front):
    assert front.get(f"{FAXES}{make_ready().pk}/{rest}").status_code == 404


def test_the_original_is_saved_and_never_shown(front):
    arrival = make_arrival(b"<script>alert(1)</script>")
    answer = front.get(f"{FAXES}{arrival.pk}/original/")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_looking_at_a_fax_is_logged_with_everybody_it_may_be_about(front):
    maria = factories.make_patient(family_name="Delgado-Ruiz")
    page(front, make_ready())
    assert maria.pk in AccessEvent.objects.get(action="view", object_type="arrival").patient_ids


def test_the_page_asks_the_database_fifteen_times_at_most_however_much_is_on_it(front):
    factories.make_patient(family_name="Delgado-Ruiz")
    arrival = make_ready(paper(last=5), paper(THEO, first=6, last=9))
    page(front, arrival)
    with CaptureQueriesContext(connection) as captured:
        page(front, arrival)
    asked = [q["sql"] for q in captured if not re.match(r"(RELEASE )?SAVEPOINT", q["sql"])]
    assert len([sql for sql in asked if "datakey" not in sql]) <= 15  # that one is kept in memory


def test_polling_while_reading_asks_for_a_new_page_only_when_there_is_one(front):
    arrival = make_arrival()
    progress = f"{FAXES}{arrival.pk}/progress/"
    assert front.get(f"{progress}?seen=0").status_code == 204
    arrival.state = Arrival.State.READY
    arrival.save()
    assert front.get(f"{progress}?seen=0").headers["HX-Refresh"] == "true"


def test_pages_read_meanwhile_come_to_the_page_that_is_open(front):
    arrival = make_arrival()
    reading.begin(arrival.pk, read_key=arrival.read_key)
    reading.expect_pages(arrival.pk, 12)
    for number in (1, 2, 3):
        reading.record_page(arrival.pk, Sheet(number))
    shown = front.get(f"{FAXES}{arrival.pk}/progress/?seen=1").content.decode()
    assert "Reading page 4 of 12." in shown
    assert re.findall(r"\?page=(\d)", shown)[::2] == ["2", "3"]
