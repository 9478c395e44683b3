"""Where to send a patient, on screen: ranked offices with reasons, choosing one, weights, and measured waits."""

from datetime import UTC, datetime, timedelta

import pytest

from insurance.models import Plan
from providers.models import (
    AcceptanceCriterion,
    Location,
    Network,
    NetworkMembership,
    PublishedWait,
    RoutingWeights,
)
from providers.standing import Membership, in_network
from referrals.actions import choosing, publishing
from referrals.actions.moving import By
from referrals.lifecycle import IllegalMove
from referrals.models import Step, Visit
from referrals.waits import Course, End, median_days, share_seen
from tests.conftest import inside
from tests.factories import (
    make_coverage,
    make_patient,
    make_practice,
    make_provider,
    make_referral,
    make_specialty,
)

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
DESK = By(label="Front desk")


@pytest.fixture
def region(lakeside):
    """A kidney clinic in Decatur that is in the network, one in Springfield that is out, and one that is full."""
    with inside(lakeside):
        kidney, network = (
            make_specialty("nephrology", "Nephrology"),
            Network.objects.create(name="Heritage network"),
        )
        offices = {}
        for name, zip_code, facts in (
            ("Macon Kidney", "62526", {"languages": ["es"]}),
            ("Capital Kidney", "62702", {}),
            ("Full Kidney", "62522", {"accepts_new": False}),
        ):
            office = offices[name] = make_practice(name=name)
            Location.objects.create(
                practice=office, line1="1 Main", city="X", state="IL", postal_code=zip_code
            )
            make_provider(practice=office, specialty=kidney, **facts)
        for name, is_in in (("Macon Kidney", True), ("Capital Kidney", False), ("Full Kidney", True)):
            NetworkMembership.objects.create(network=network, practice=offices[name], is_in=is_in)
        AcceptanceCriterion.objects.create(specialty=kidney, text="Recent eGFR", document_kind="record")
    return offices


@pytest.fixture
def draft(lakeside, region):
    """A referral of ours for a Spanish speaker in Decatur, not sent yet."""
    with inside(lakeside):
        patient = make_patient(language="es", postal_code="62521")
        coverage = make_coverage(patient)
        coverage.plan.network = Network.objects.get()
        coverage.plan.save()
        return make_referral(
            stage="draft", direction="outbound", patient=patient, coverage=coverage,
            specialty=make_specialty("nephrology", "Nephrology"),
        )  # fmt: skip


@pytest.fixture
def desk(member, enter):
    return enter(member("front_desk"))


def where(referral):
    return f"/o/lakeside/referrals/{referral.number}/destination/"


def names(page):
    return [one.destination.name for one, _ in page.context["ranked"]]


# ---------------------------------------------------------------- for one referral
def test_offices_are_ranked_for_the_patient_and_each_says_why(draft, desk):
    page = desk.get(where(draft))
    assert names(page) == ["Macon Kidney", "Capital Kidney", "Full Kidney"]
    text = page.content.decode()
    for words in (
        "In network",
        "Speaks the patient",
        "miles away",
        "Wants recent eGFR",
        "Takes no new patients",
    ):
        assert words in text


def test_choosing_sets_where_a_draft_goes_and_keeps_why(draft, region, desk, lakeside):
    desk.post(where(draft), {"office": region["Macon Kidney"].pk})
    with inside(lakeside):
        assert (draft.refresh().receiving_practice, draft.stage) == (region["Macon Kidney"], "draft")
        assert draft.receiving_provider.practice == region["Macon Kidney"]
        step = draft.steps.latest("at")
        assert (step.title, "In network" in step.note) == ("To be sent to Macon Kidney", True)


def test_a_declined_referral_is_redirected(draft, region, lakeside):
    with inside(lakeside):
        declined = make_referral(stage="declined", direction="outbound", specialty=draft.specialty)
        choosing.choose(referral_id=declined.pk, office_id=region["Capital Kidney"].pk, by=DESK)
        assert (declined.refresh().stage, declined.receiving_practice.name) == ("sent", "Capital Kidney")


@pytest.mark.parametrize("stage", ["sent", "accepted", "closed"])
def test_an_office_that_has_the_patient_is_not_changed(stage, region, lakeside, desk):
    with inside(lakeside):
        referral = make_referral(stage=stage, direction="outbound", specialty=make_specialty("nephrology"))
        with pytest.raises(IllegalMove, match="can no longer be changed"):
            choosing.choose(referral_id=referral.pk, office_id=region["Macon Kidney"].pk, by=DESK)
    assert "can no longer be changed" in desk.get(where(referral)).content.decode()


@pytest.mark.parametrize("office", ["", "x", "018f0000-0000-7000-8000-000000000000"])
def test_an_office_of_nowhere_is_not_chosen(office, draft, desk):
    assert desk.post(where(draft), {"office": office}).status_code == 404


def test_without_a_specialty_the_page_says_what_to_do(lakeside, desk):
    with inside(lakeside):
        referral = make_referral(stage="draft", direction="outbound", specialty=None)
    assert "has no specialty yet" in desk.get(where(referral)).content.decode()


def test_out_of_network_is_explained_when_nobody_inside_is_near(draft, region, lakeside, desk):
    with inside(lakeside):
        for row in NetworkMembership.objects.filter(practice=region["Macon Kidney"]):
            row.is_in = False
            row.save()
    assert (
        "Out of network: no in-network nephrology office takes new patients."
        in desk.get(where(draft)).content.decode()
    )


def test_a_plan_without_a_network_blames_nobody(draft, lakeside, desk):
    with inside(lakeside):
        plan = Plan.objects.get()
        plan.network = None
        plan.save()
    page = desk.get(where(draft)).content.decode()
    assert "Out of network" not in page and "Network not known" in page


def test_the_patients_wish_counts_and_is_named(draft, region, desk):
    wished = region["Capital Kidney"].pk
    found = {one.destination.office_id: one for one, _ in desk.get(where(draft)).context["ranked"]}
    again = {
        one.destination.office_id: one
        for one, _ in desk.get(where(draft), {"wish": wished}).context["ranked"]
    }
    assert again[wished].score > found[wished].score
    assert again[wished].because("wish").text == "The patient's choice"


def test_ranking_reads_a_fixed_number_of_times(draft, desk, lakeside, django_assert_max_num_queries):
    desk.get(where(draft))
    with inside(lakeside):
        for _ in range(5):
            make_provider(practice=make_practice(), specialty=draft.specialty)
    with django_assert_max_num_queries(20):
        desk.get(where(draft))


# ---------------------------------------------------------------- without a referral, and the weights
def test_a_need_without_a_referral_is_ranked_too(region, desk, lakeside):
    with inside(lakeside):
        specialty = make_specialty("nephrology")
    page = desk.get(
        "/o/lakeside/where-to-send/", {"specialty": specialty.pk, "zip": "62702", "language": "en"}
    )
    assert names(page)[0] == "Capital Kidney"
    assert desk.get("/o/lakeside/where-to-send/", {"specialty": specialty.pk, "zip": "x"}).status_code == 200


WEIGHTS = {"network": 0, "soon": 0, "near": 10, "language": 0, "ready": 0, "wish": 0, "most_miles": 25}


def test_weights_are_tried_on_an_example_before_they_are_saved(region, member, enter, lakeside):
    admin = enter(member("admin"))
    with inside(lakeside):
        example = {"example-specialty": make_specialty("nephrology").pk, "example-zip": "62702"}
    page = admin.post("/o/lakeside/settings/routing/", {**WEIGHTS, **example, "preview": "1"})
    assert names(page)[0] == "Capital Kidney"
    with inside(lakeside):
        assert not RoutingWeights.objects.exists()
    admin.post("/o/lakeside/settings/routing/", WEIGHTS)
    with inside(lakeside):
        kept = RoutingWeights.objects.get()
        assert (kept.weights["near"], kept.most_miles) == (10, 25)


@pytest.mark.parametrize("changed", [{"near": 11}, {"near": "x"}, {"near": 0}, {"most_miles": 0}])
def test_weights_that_cannot_be_are_refused(changed, member, enter, lakeside):
    answer = enter(member("admin")).post("/o/lakeside/settings/routing/", {**WEIGHTS, **changed})
    assert answer.status_code == 422


def test_a_plan_is_given_its_network(region, draft, member, enter, lakeside):
    with inside(lakeside):
        plan, other = Plan.objects.get(), Network.objects.create(name="Other network")
    enter(member("admin")).post("/o/lakeside/settings/routing/plans/", {str(plan.pk): other.pk})
    with inside(lakeside):
        assert plan.refresh().network == other


# ---------------------------------------------------------------- in a network or not
@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], None),
        ([(True, None)], True),
        ([(False, None)], False),
        ([(False, None), (True, 1)], True),
        ([(True, None), (False, 1)], True),
        ([(False, 1)], None),
        ([(False, 1), (False, 2)], False),
    ],
)
def test_a_clinicians_own_row_outweighs_the_offices(rows, answer):
    known = [Membership(is_in, provider) for is_in, provider in rows]
    assert in_network(known, clinicians=[1, 2], on=NOW.date()) is answer


def test_a_membership_that_is_over_says_nothing():
    over = Membership(True, until=NOW.date() - timedelta(days=1))
    assert in_network([over], on=NOW.date()) is None


# ---------------------------------------------------------------- measured waits
def courses(*ends):
    return [Course(days, End(end)) for days, end in ends]


def test_the_wait_is_kaplan_and_meiers():
    """Freireich's 6-MP arm (Blood 1963;21:699), the textbook example: median remission 23 weeks."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    assert median_days(courses(*((n, "seen") for n in ended), *((n, "open") for n in still))) == 23


def test_the_wait_is_not_known_while_most_wait():
    assert median_days(courses((3, "seen"), (10, "open"), (12, "open"))) is None
    assert (median_days([]), share_seen([]), share_seen(courses((5, "open")))) == (None, None, None)


def test_the_share_seen_counts_neither_the_open_as_lost_nor_the_lost_as_open():
    assert share_seen(courses((1, "seen"), (2, "left"), (3, "seen"), (4, "left"))) == pytest.approx(0.5)
    assert share_seen(courses((1, "open"), (2, "seen"), (3, "left"))) == pytest.approx(0.5)


def referral_seen_after(days, office, *, stage="seen", **facts):
    sent = NOW - timedelta(days=60)
    referral = make_referral(
        stage=stage, direction="outbound", receiving_practice=office, index_at=sent - timedelta(days=2),
        entered_stage_at=sent + timedelta(days=days), **facts,
    )  # fmt: skip
    Step.objects.create(referral=referral, name="send", to_stage="sent", at=sent, actor="test")
    if stage == "seen":
        Visit.objects.create(referral=referral, seen_on=(sent + timedelta(days=days)).date())
    return referral


def test_waits_are_published_from_the_organizations_own_referrals(lakeside):
    with inside(lakeside):
        office = make_practice(name="Macon Kidney")
        for days in (5, 9, 13):
            referral_seen_after(days, office)
        referral_seen_after(4, office, stage="lost")
        referral_seen_after(3, office, stage="lost", leak_code="X-TEST")
        referral_seen_after(1, office, stage="void")
        assert publishing.publish_waits(now=NOW) == 1
        wait = PublishedWait.objects.get()
        assert (wait.median_days, wait.referrals, wait.completed_share) == (9, 4, pytest.approx(0.75))
        assert publishing.publish_waits(now=NOW + timedelta(days=400)) == 0
        assert not PublishedWait.objects.exists()


def test_waits_of_others_are_not_touched(lakeside, prairie):
    with inside(prairie):
        referral_seen_after(5, make_practice())
        publishing.publish_waits(now=NOW)
    with inside(lakeside):
        publishing.publish_waits(now=NOW)
    with inside(prairie):
        assert PublishedWait.objects.count() == 1


def test_a_published_wait_is_on_the_list_with_how_many_it_rests_on(lakeside, desk):
    with inside(lakeside):
        office = make_practice(name="Macon Kidney")
        referral_seen_after(9, office)
        publishing.publish_waits(now=NOW)
    page = desk.get("/o/lakeside/directory/", {"q": "macon"}).content.decode()
    assert "9 days" in page and "of 1 referral" in page
