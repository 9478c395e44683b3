"""Attempts to break out of one organization into another. Each one is refused, or finds nothing."""

import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from organizations.history import UntrackedChange
from organizations.scope import NoOrganization, OrganizationSwitch, current_scope, organization_scope
from patients.models import ContactPoint, Patient
from referrals.models import Step
from tests.conftest import inside
from tests.factories import make_membership, make_organization, make_patient, make_referral


def raw(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def ours(lakeside):
    with inside(lakeside):
        return make_patient(family_name="Ours")


@pytest.fixture
def theirs(prairie):
    with inside(prairie):
        return make_patient(family_name="Theirs")


# ---------------------------------------------------------------- reading
def test_asking_without_a_scope_is_an_error(ours):
    with pytest.raises(NoOrganization):
        Patient.objects.count()


def test_raw_sql_without_a_scope_finds_nothing(ours):
    assert raw("SELECT count(*) FROM patients_patient") == [(0,)]


def test_raw_sql_in_a_scope_finds_only_its_rows(lakeside, ours, theirs):
    with inside(lakeside):
        assert raw("SELECT family_name FROM patients_patient") == [("Ours",)]


def test_a_foreign_key_is_not_found(lakeside, theirs):
    with inside(lakeside), pytest.raises(Patient.DoesNotExist):
        Patient._base_manager.get(pk=theirs.pk)


def test_history_is_isolated_too(lakeside, ours, theirs):
    with inside(lakeside):
        assert {h.family_name for h in Patient.history.all()} == {"Ours"}
    assert Patient.history.count() == 0


# ---------------------------------------------------------------- writing
def test_inserting_for_another_is_refused(lakeside, prairie):
    with inside(lakeside), pytest.raises(ProgrammingError), transaction.atomic():
        Patient.objects.create(
            organization=prairie, mrn="1", given_name="X", family_name="Y", birth_date="2000-01-01"
        )


def test_moving_a_row_to_another_is_refused(lakeside, prairie, ours):
    with inside(lakeside), pytest.raises(ProgrammingError), transaction.atomic():
        ours.organization = prairie
        ours.save()


def test_changing_or_deleting_anothers_row_touches_nothing(lakeside, prairie, theirs):
    with inside(lakeside):
        raw(f"UPDATE patients_patient SET family_name = 'Hacked' WHERE id = '{theirs.pk}'")
        raw(f"DELETE FROM patients_contactpoint WHERE patient_id = '{theirs.pk}'")
    with inside(prairie):
        assert Patient.objects.get(pk=theirs.pk).family_name == "Theirs"
        assert ContactPoint.objects.filter(patient=theirs).count() == 1


def test_pointing_at_anothers_row_is_refused(lakeside, theirs):
    with inside(lakeside), pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.create(patient_id=theirs.pk, kind="email", value="a@mail.example")
        connection.check_constraints()
        raw("SET CONSTRAINTS ALL IMMEDIATE")


def test_writing_without_a_scope_is_refused(lakeside):
    with pytest.raises(ProgrammingError), transaction.atomic():
        raw(f"INSERT INTO organizations_counter (id, organization_id, kind, value) "
            f"VALUES (gen_random_uuid(), '{lakeside.pk}', 'x', 1)")  # fmt: skip


def test_the_same_number_in_two_organizations_tells_nobody(lakeside, prairie):
    for organization in (lakeside, prairie):
        with inside(organization):
            assert make_patient(mrn="000001").mrn == "000001"


# ---------------------------------------------------------------- the scope itself
def test_another_organizations_scope_inside_an_open_transaction_is_refused(lakeside, prairie):
    with inside(lakeside), pytest.raises(OrganizationSwitch), inside(prairie):
        pass


def test_the_scope_is_gone_after_an_exception(lakeside, ours):
    with pytest.raises(ValueError), inside(lakeside):
        raise ValueError
    assert current_scope().organization_id is None
    assert raw("SELECT count(*) FROM patients_patient") == [(0,)]


def test_the_scope_survives_a_savepoints_rollback(lakeside, ours):
    with inside(lakeside):
        with pytest.raises(ValueError), transaction.atomic():
            raise ValueError
        assert Patient.objects.count() == 1


def test_the_scope_is_gone_after_a_database_error(lakeside, ours):
    with pytest.raises(Exception, match="division by zero"), inside(lakeside):
        raw("SELECT 1/0")
    assert raw("SELECT count(*) FROM patients_patient") == [(0,)]


def test_a_scope_opened_inside_a_transaction_is_cleared_when_left(lakeside, ours):
    with transaction.atomic():
        with inside(lakeside):
            assert raw("SELECT count(*) FROM patients_patient") == [(1,)]
        assert raw("SELECT count(*) FROM patients_patient") == [(0,)]


# ---------------------------------------------------------------- the role
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE patients_patient DISABLE ROW LEVEL SECURITY",
        "DROP POLICY organization_isolation ON patients_patient",
        "SET ROLE app_owner",
        "TRUNCATE patients_patient CASCADE",
        "SET LOCAL row_security = off; SELECT * FROM patients_patient",
    ],
)
def test_the_serving_role_may_not(lakeside, ours, statement):
    with inside(lakeside), pytest.raises(ProgrammingError) as refusal, transaction.atomic():
        raw(statement)
    assert (
        "permission" in str(refusal.value)
        or "must be owner" in str(refusal.value)
        or "row" in str(refusal.value)
    )


# ---------------------------------------------------------------- what may never change
def test_a_step_can_be_neither_changed_nor_removed(scope):
    referral = make_referral()
    step = Step.objects.create(
        referral=referral, name="x", to_stage="received", title="x", actor="t", actor_label="t"
    )
    for statement in (
        f"UPDATE referrals_step SET title = 'y' WHERE id = '{step.pk}'",
        "DELETE FROM referrals_step",
    ):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            raw(statement)


def test_an_unattributed_change_is_refused(lakeside, ours):
    with (
        organization_scope(lakeside.pk),
        pytest.raises(ProgrammingError, match="without an actor"),
        transaction.atomic(),
    ):
        raw("UPDATE patients_patient SET city = 'X'")


def test_a_bulk_change_that_leaves_no_history_is_refused(scope, ours):
    with pytest.raises(UntrackedChange):
        Patient.objects.filter(pk=ours.pk).update(city="X")


# ---------------------------------------------------------------- many at once
def test_interleaved_requests_of_two_organizations_never_mix(committed):
    browsers = [_browser_with_patient(name) for name in ("Alpha", "Beta")]
    leaks: list[str] = []
    threads = [threading.Thread(target=_search, args=(b, leaks)) for b in browsers * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []


def _browser_with_patient(name: str) -> tuple[Client, str, str]:
    organization = make_organization()
    with inside(organization):
        make_patient(family_name=name)
    browser = Client()
    browser.force_login(make_membership(organization).user)
    return browser, organization.slug, name


def _search(subject: tuple[Client, str, str], leaks: list[str]) -> None:
    signed_in, slug, name = subject
    browser = Client()
    browser.cookies = signed_in.cookies
    other = {"Alpha": "Beta", "Beta": "Alpha"}[name]
    for _ in range(15):
        page = browser.get(f"/o/{slug}/search/", {"q": name[0].lower()}).content.decode()
        if other in page or name not in page:
            leaks.append(page[:80])
    connection.close()
