"""Ways into an office: in step with the entry's own numbers, and each try leaves its mark."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.actions import arriving, directory
from providers.actions import reaching
from providers.freshness import Record, Try
from providers.models import Endpoint, EndpointUse
from referrals import storing
from referrals.actions import reporting
from referrals.actions.moving import By
from referrals.destinations import trouble_reaching
from tests.conftest import inside
from tests.factories import make_practice, make_provider, make_referral

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
DESK = By(label="Front desk")
OLD, NEW = "+12175550154", "+12175550155"


def tries(text):
    """The last one first; a point is one that worked, three days apart."""
    return Record(tuple(Try(NOW - timedelta(days=3 * (n + 1)), c == ".") for n, c in enumerate(text)))


@pytest.mark.parametrize(
    ("text", "words", "reachable", "tone"),
    [
        ("", "Not tried yet", None, ""),
        (".", "Answered 3 days ago", True, "ok"),
        ("...", "Answered 3 days ago", True, "ok"),
        ("x.x..", "2 of 5 failed, answered 6 days ago", True, "warn"),
        ("xx", "2 of 2 failed", True, "warn"),
        ("xxx..", "Last 3 failed", False, "bad"),
        ("xxxx", "Last 4 failed", False, "bad"),
    ],
)
def test_the_last_tries_are_told_in_words(text, words, reachable, tone):
    record = tries(text)
    assert (record.words(NOW), record.reachable, record.tone) == (words, reachable, tone)


# ---------------------------------------------------------------- one truth
@pytest.fixture
def office(scope):
    return make_practice(fax=OLD, phone="")


def faxes(office):
    """Number, whether it is used first, whether it is in use."""
    rows = Endpoint.objects.filter(practice=office, kind="fax").order_by("pk")
    return [(row.address, row.is_preferred, row.closed_at is None) for row in rows]


def test_an_offices_own_number_is_its_preferred_way(office):
    assert faxes(office) == [(OLD, True, True)]


def test_a_new_number_on_the_entry_is_preferred_and_the_old_one_stays_known(office):
    office.fax = NEW
    office.save(update_fields=["fax"])
    assert faxes(office) == [(OLD, False, True), (NEW, True, True)]


def test_preferring_another_number_writes_it_on_the_entry(office):
    way = reaching.add(office_id=office.pk, kind="fax", address=NEW)
    reaching.prefer(endpoint_id=way.pk)
    assert (office.refresh().fax, faxes(office)) == (NEW, [(OLD, False, True), (NEW, True, True)])


def test_closing_the_preferred_number_puts_the_next_in_its_place(office):
    reaching.add(office_id=office.pk, kind="fax", address=NEW)
    reaching.close(endpoint_id=Endpoint.objects.get(address=OLD).pk)
    assert (office.refresh().fax, faxes(office)) == (NEW, [(OLD, False, False), (NEW, True, True)])


def test_closing_the_only_number_leaves_none_and_reopening_brings_it_back(office):
    way = Endpoint.objects.get(practice=office, address=OLD)
    reaching.close(endpoint_id=way.pk)
    assert (office.refresh().fax, faxes(office)) == ("", [(OLD, False, False)])
    reaching.reopen(endpoint_id=way.pk)
    assert (office.refresh().fax, faxes(office)) == (OLD, [(OLD, True, True)])


def test_a_paper_does_not_bring_a_wrong_number_back(office):
    reaching.close(endpoint_id=Endpoint.objects.get(practice=office, address=OLD).pk)
    directory.referrer({"ref_fax": OLD[2:], "ref_phone": "2175550199"}, office, "")
    assert (office.refresh().fax, office.phone) == ("", "+12175550199")


def test_of_ways_that_are_not_on_the_entry_one_is_preferred(office):
    first = reaching.add(office_id=office.pk, kind="direct", address="a@direct.example")
    second = reaching.add(office_id=office.pk, kind="direct", address="b@direct.example")
    assert (first.is_preferred, second.is_preferred) == (True, False)
    reaching.close(endpoint_id=first.pk)
    assert second.refresh().is_preferred


def test_what_does_not_touch_the_numbers_reads_no_ways(office, django_assert_num_queries):
    with django_assert_num_queries(2):  # the row and its history
        office.save(update_fields=["name"])


def test_a_manager_adds_prefers_closes_and_reopens(member, enter, lakeside):
    with inside(lakeside):
        office = make_practice(fax=OLD, phone="")
    browser, here = enter(member("manager")), "/o/lakeside/directory/"
    browser.post(f"{here}{office.pk}/endpoints/", {"kind": "fax", "address": "(217) 555-0155"})
    with inside(lakeside):
        way = Endpoint.objects.get(address=NEW)
    for step, fax in (("preference", NEW), ("closure", OLD), ("reopening", OLD), ("preference", NEW)):
        browser.post(f"{here}endpoints/{way.pk}/{step}/")
        with inside(lakeside):
            assert office.refresh().fax == fax


@pytest.mark.parametrize(
    ("kind", "address"),
    [("fax", "12"), ("email", "desk"), ("direct", "x y"), ("fhir", "not a url"), ("hl7", "lab")],
)
def test_an_address_that_cannot_be_is_refused_in_a_sentence(kind, address, member, enter, lakeside):
    with inside(lakeside):
        office = make_practice(fax="", phone="")
    browser = enter(member("manager"))
    page = browser.post(
        f"/o/lakeside/directory/{office.pk}/endpoints/", {"kind": kind, "address": address}, follow=True
    )
    assert b"Type the" in page.content or b"Type host" in page.content
    with inside(lakeside):
        assert not Endpoint.objects.filter(practice=office).exists()


# ---------------------------------------------------------------- real outcomes
@pytest.mark.parametrize(("fax", "worked"), [("+12175550142", True), ("+12175550100", False)])
def test_what_becomes_of_a_fax_is_kept_with_the_number(fax, worked, lakeside, run_jobs):
    with inside(lakeside):
        referrer = make_provider(practice=make_practice(fax=fax))
        referral = make_referral(stage="seen", referring_provider=referrer)
        report = storing.keep(a_page(), kind="report", title="Report", referral=referral)
        reporting.send_report(referral_id=referral.pk, document_id=report.pk, by=DESK)
    run_jobs(lakeside)
    make_due(lakeside)
    run_jobs(lakeside)
    with inside(lakeside):
        use = EndpointUse.objects.get(endpoint__address=fax)
        assert (use.worked, use.detail) == (worked, "" if worked else "The line was busy.")


def a_page():
    from io import BytesIO

    import pikepdf

    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page(page_size=(612, 792))
    pdf.save(out)
    return out.getvalue()


def make_due(organization):
    """What waits for later is due now."""
    from jobs.models import Job

    with inside(organization):
        Job.objects.waiting().update(available_at=NOW - timedelta(days=1))


def test_a_fax_that_comes_in_proves_the_number_it_came_from(lakeside):
    with inside(lakeside):
        make_practice(fax=OLD)
        arriving.receive(a_page(), source="fax", from_number=OLD, file_name="fax.pdf")
        use = EndpointUse.objects.get()
        assert (use.worked, use.detail) == (True, "A fax came from there")


def test_after_three_failures_in_a_row_the_referral_warns_before_it_is_sent(lakeside, member, enter):
    with inside(lakeside):
        office = make_practice(name="Bloomington Skin", fax=OLD)
        referral = make_referral(stage="draft", direction="outbound", receiving_practice=office)
        reaching.note_use(kind="fax", address=OLD, worked=False)
        reaching.note_use(kind="fax", address=OLD, worked=False)
        assert trouble_reaching(office) == ""
        reaching.note_use(kind="fax", address=OLD, worked=False)
    page = enter(member("front_desk")).get(f"/o/lakeside/referrals/{referral.number}/")
    assert "The last 3 faxes to Bloomington Skin failed" in page.content.decode()
