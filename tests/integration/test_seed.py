"""The demo: seeded once for this module, for real, into a database where somebody has tried things before."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from django.conf import settings as configured
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.models import Count, F
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from insurance.models import Coverage
from intake.models import Arrival, FaxLine
from jobs.models import Job
from organizations import crypto
from organizations.models import Membership, Organization, User
from organizations.numbers import next_number
from organizations.scope import organization_scope
from patients.models import DuplicatePair, Patient, RelatedPerson
from referralhub.demo.practices import SPECIALISTS, USERS
from referralhub.demo.seeding.organizations_and_people import PASSWORD
from referrals import storing
from referrals.lifecycle import OPEN, Stage
from referrals.models import Document, Referral, Step
from referrals.queries import VIEWS, Filters, page_of
from scheduling.models import Slot
from tests import factories
from tests.conftest import EMPTY_ALL, _dsn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
SLUGS = ["lakeside", "prairie"]
TRIED_BEFORE = "Somebody tried this before"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        crypto.forget_keys()
        with override_settings(DOCUMENTS_DIR=folder / "documents", SANDBOX_DIR=folder / "sandbox"):
            scratch = factories.make_organization(slug="prairie", name="Prairie Family Medicine")
            with organization_scope(scratch.pk, actor="command:test"):
                factories.make_referral(reason=TRIED_BEFORE)
            printed = StringIO()
            call_command("seed", "--size", "demo", stdout=printed)
        yield {"printed": printed.getvalue(), "documents": folder / "documents"}
        for connection in connections.all():
            connection.close()
        with psycopg.connect(_dsn(configured.DATABASES["owner"]["NAME"]), autocommit=True) as owner:
            owner.execute(EMPTY_ALL)
        crypto.forget_keys()


@pytest.fixture(params=SLUGS)
def office(request, demo):
    """Each of the two organizations in turn, from inside."""
    organization = Organization.objects.get(slug=request.param)
    with organization_scope(organization.pk, actor="command:test"):
        yield organization


@pytest.fixture
def lakeside(demo):
    organization = Organization.objects.get(slug="lakeside")
    with organization_scope(organization.pk, actor="command:test"):
        yield organization


def seeded():
    return Referral.objects.exclude(reason=TRIED_BEFORE)


def person(email):
    return Membership.objects.get(user__email=email)


# ------------------------------------------------------------------ referrals
def test_every_stage_occurs():
    stages = Counter()
    for organization in Organization.objects.filter(slug__in=SLUGS):
        with organization_scope(organization.pk):
            stages.update(seeded().values_list("stage", flat=True))
    assert set(stages) == set(Stage)
    assert 350 < stages.total() < 480


def test_prairie_mostly_sends_and_lakeside_receives(office):
    directions = Counter(seeded().values_list("direction", flat=True))
    assert directions.most_common(1)[0][0] == {"lakeside": "inbound", "prairie": "outbound"}[office.slug]


def test_every_open_referral_has_a_next_action_with_a_due_time(office):
    unclear = seeded().open().filter(next_code="none") | seeded().open().filter(due_at=None)
    assert not unclear.exists()
    assert not seeded().exclude(stage__in=OPEN).exclude(next_code="none").exists()


def test_some_referrals_are_late_and_most_are_in_time(lakeside):
    late, every = seeded().overdue(timezone.now()).count(), seeded().open().count()
    assert 0.05 < late / every < 0.45


def test_what_is_late_is_said_to_be_on_the_timeline(office):
    late = seeded().overdue(timezone.now())
    assert not late.exclude(overdue_noted_for=F("due_at")).exists()
    assert not late.exclude(steps__name="overdue").exists()


def test_each_story_goes_step_by_step_to_where_its_referral_is(office):
    for referral in seeded().prefetch_related("steps"):
        steps = sorted(referral.steps.all(), key=lambda step: step.pk)
        times = [step.at for step in steps]
        assert times == sorted(times), referral
        assert [step.from_stage for step in steps] == ["", *(step.to_stage for step in steps[:-1])], referral
        assert steps[-1].to_stage == referral.stage, referral


def test_nothing_has_happened_in_the_future(office):
    now = timezone.now()
    assert not Step.objects.filter(at__gt=now).exists()
    assert not Arrival.objects.filter(received_at__gt=now).exists()
    assert not Arrival.objects.filter(finished_at__lt=F("received_at")).exists()


def test_each_referral_has_a_row_of_history_as_it_is_now(office):
    kept = dict(Referral.history.values_list("id", "stage"))
    assert all(kept[referral.pk] == referral.stage for referral in seeded())


def test_numbers_are_given_once_and_the_next_one_is_new(office):
    numbers = list(Referral.objects.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)
    assert f"R-{next_number('referral')}" not in numbers
    assert not Patient.objects.filter(mrn=f"{next_number('mrn'):06d}").exists()


def test_what_prairie_sent_is_on_lakesides_books_at_the_same_stage():
    here, there = (
        Organization.objects.get(slug="prairie"),
        Organization.objects.get(slug="lakeside"),
    )
    who = ("patient__name_key", "patient__birth_date", "reason", "stage")
    with organization_scope(here.pk):
        sent = Counter(seeded().filter(direction="outbound", steps__name="acknowledge").values_list(*who))
    with organization_scope(there.pk):
        received = Counter(seeded().values_list(*who))
    assert sent.total() > 60
    assert sent <= received


# ------------------------------------------------------------------ people
@pytest.mark.parametrize("user", USERS, ids=lambda user: user.email)
def test_everybody_signs_in_with_the_printed_password(client, user, demo):
    assert f"{user.email} " in demo["printed"]
    assert PASSWORD in demo["printed"]
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(User.objects.get(email=user.email).pk)


def test_the_password_would_be_accepted_from_anybody_in_the_demo():
    for user in User.objects.filter(email__endswith=".example"):
        validate_password(PASSWORD, user)


def test_the_sign_ins_fit_on_a_terminal(demo):
    assert len(demo["printed"].splitlines()) <= 20


def test_the_front_desk_has_work_and_some_is_nobodys(lakeside):
    alicia = person("frontdesk@lakeside.example")
    page, _ = page_of(VIEWS["needs_me"], alicia, timezone.now(), filters=Filters())
    assert page
    assert seeded().open().owned_by(alicia).count() == 18
    assert seeded().open().unassigned().exists()


# ------------------------------------------------------------------ what belongs to it
def test_every_specialist_has_openings_for_weeks(lakeside):
    free = Slot.objects.free().filter(starts_at__gt=timezone.now())
    by_clinician = dict(free.values_list("schedule__provider__npi").annotate(Count("pk")))
    assert all(by_clinician[specialist.npi] > 50 for specialist in SPECIALISTS)


def test_a_booked_referral_holds_the_time_that_its_clinician_offers(lakeside):
    for referral in seeded().filter(stage="scheduled").for_rows():
        assert referral.appointment.patient_id == referral.patient_id
        assert referral.appointment.slot.schedule.provider_id == referral.receiving_provider_id


def test_a_member_number_is_sealed_and_yet_found(lakeside):
    grace = Coverage.objects.get(member_id_index=Coverage.index_of("HHC 306118254"))
    assert grace.patient.family_name == "Nakamura"
    assert grace.member_id == "HHC306118254"


def test_a_report_can_be_opened(lakeside, demo, settings):
    settings.DOCUMENTS_DIR = demo["documents"]
    report = Document.objects.filter(kind="report").first()
    assert storing.read(report).startswith(b"%PDF")


def test_twelve_faxes_wait_to_be_read_and_the_rest_are_done(lakeside):
    arrivals = Arrival.objects.filter(state="received")
    jobs = Job.objects.waiting().filter(name="intake.read")
    assert arrivals.count() == 12
    assert set(jobs.values_list("dedupe_key", flat=True)) == set(arrivals.values_list("read_key", flat=True))
    assert Arrival.objects.filter(state__in=Arrival.FINISHED).count() >= 40


def test_faxes_reach_lakeside_through_a_signed_line(lakeside):
    line = FaxLine.objects.get()
    assert (line.vendor, line.number, line.is_open) == ("signed", lakeside.fax, True)


def test_nothing_is_made_to_look_stuck(office):
    assert not Job.objects.stuck().exists()


# ------------------------------------------------------------------ the command
def test_a_second_run_changes_nothing_and_prints_the_sign_ins_again(demo):
    before = rows_in_all()
    printed, said = StringIO(), StringIO()
    call_command("seed", stdout=printed, stderr=said)
    assert rows_in_all() == before
    assert printed.getvalue() == demo["printed"]
    assert "already" in said.getvalue()


def rows_in_all():
    counts = {}
    for organization in Organization.objects.filter(slug__in=SLUGS):
        with organization_scope(organization.pk):
            counts[organization.slug] = [
                model.objects.count() for model in (Referral, Step, Patient, Arrival, Slot)
            ]
    return counts


def test_what_was_there_before_stays():
    with organization_scope(Organization.objects.get(slug="prairie").pk):
        assert Referral.objects.get(reason=TRIED_BEFORE).number == "R-20001"


def test_other_sizes_are_refused_in_words():
    with pytest.raises(CommandError, match="comes later"):
        call_command("seed", "--size", "1m")


def test_a_real_installation_is_never_filled_with_people_of_a_published_password(settings):
    settings.SANDBOX = False
    with pytest.raises(CommandError, match="SANDBOX"):
        call_command("seed")


def test_three_patients_are_here_twice_and_every_child_has_a_parent(demo):
    with organization_scope(Organization.objects.get(slug="lakeside").pk):
        likely = [pair for pair in DuplicatePair.objects.all() if pair.probability > 0.9]
        assert len(likely) >= 3 and {pair.decision for pair in likely} == {""}
        spoken_for = set(RelatedPerson.objects.values_list("patient", flat=True))
        children = Patient.objects.filter(birth_date__gt=timezone.now().date() - timedelta(days=17 * 365))
        assert children and {child.pk for child in children} <= spoken_for
