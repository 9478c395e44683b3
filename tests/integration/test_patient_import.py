"""Patients from a file: checked first, written when somebody says so, and never twice."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from patients.actions import importing
from patients.models import ContactPoint, DuplicatePair, Identifier, ImportRow, Patient, PatientImport
from tests import factories
from tests.conftest import inside

HEADING = "First Name,Last Name,DOB,Cell Phone,Zip\n"
ROWS = (
    "Maria,Delgado,3/14/1967,2175550188,62701\n"
    "Grace,Okonkwo,8/2/1951,2175550111,62702\n"
    "Yuki,Nakamura,13/45/1974,2175550112,62703\n"
    "=cmd(),Smith,5/19/1974,12,62704\n"
)


def brought(by, content: str = HEADING + ROWS) -> PatientImport:
    return importing.take_in(content=content.encode(), file_name="patients.csv", by=by)


def checked(by, content: str = HEADING + ROWS) -> PatientImport:
    run = brought(by, content)
    importing.name_columns(run_id=run.pk, mapping=run.mapping)
    while importing.check_some(run_id=run.pk, today=date(2026, 11, 25)):
        pass
    return run.refresh()


def written(by, content: str = HEADING + ROWS) -> PatientImport:
    run = checked(by, content)
    importing.write_it(run_id=run.pk)
    while importing.write_some(run_id=run.pk, today=date(2026, 11, 25)):
        pass
    return run.refresh()


def outcomes(run) -> list[str]:
    return list(run.rows.order_by("number").values_list("outcome", flat=True))


def test_checking_writes_nothing_and_says_what_would_happen(scope, alicia):
    run = checked(alicia)
    assert outcomes(run) == ["new", "new", "bad", "bad"]
    assert Patient.objects.count() == 0


def test_the_good_rows_are_written_when_somebody_says_so(scope, alicia):
    run = written(alicia)
    assert run.state == PatientImport.State.DONE
    assert set(Patient.objects.values_list("family_name", flat=True)) == {"Delgado", "Okonkwo"}
    assert ContactPoint.objects.filter(value="+12175550188", kind="mobile").count() == 1


def test_the_same_file_again_changes_nothing(scope, alicia):
    written(alicia)
    again = written(alicia)
    assert outcomes(again)[:2] == ["same", "same"]
    assert (Patient.objects.count(), ContactPoint.objects.count()) == (2, 2)


def test_a_known_patient_gets_what_the_record_lacks_and_keeps_the_rest(scope, alicia):
    maria = factories.make_patient(
        given_name="Maria",
        family_name="Delgado",
        birth_date=date(1967, 3, 14),
        city="Springfield",
        postal_code="",
    )
    run = written(
        alicia, HEADING.replace("Zip", "Zip,City") + "Maria,Delgado,3/14/1967,2175550188,62701,Chicago\n"
    )
    assert outcomes(run) == ["changed"]
    assert (maria.refresh().postal_code, maria.city) == ("62701", "Springfield")


def test_somebody_who_may_be_known_is_a_question_and_is_not_written(scope, alicia):
    factories.make_patient(
        given_name="Maria", family_name="Ruiz", birth_date=date(1967, 3, 14), mobile="+12175550100"
    )
    run = written(alicia, HEADING + "Maria,Delgado,3/14/1967,2175550199,62701\n")
    assert outcomes(run) == ["ask"]
    assert Patient.objects.count() == 1


@pytest.fixture
def maria(lakeside):
    """Here already, under another last name."""
    with inside(lakeside):
        return factories.make_patient(
            given_name="Maria", family_name="Ruiz", birth_date=date(1967, 3, 14), mobile="+12175550100"
        )


@pytest.mark.parametrize(
    ("answer", "outcome", "patients", "pairs"), [("same", "changed", 1, 0), ("new", "new", 2, 1)]
)
def test_a_question_is_answered_on_the_page(answer, outcome, patients, pairs, maria, lakeside, alicia, enter):
    with inside(lakeside):
        run = checked(alicia, HEADING + "Maria,Delgado,3/14/1967,2175550199,62701\n")
        row = run.rows.get()
    browser = enter(alicia)
    page = browser.get(f"/o/lakeside/patients/imports/{run.pk}/").content.decode()
    assert "Maria, Delgado, 3/14/1967" in page and maria.mrn in page
    browser.post(f"/o/lakeside/patients/imports/rows/{row.pk}/answer/", {"answer": answer})
    with inside(lakeside):
        assert outcomes(run) == [outcome]
        importing.write_it(run_id=run.pk)
        importing.write_some(run_id=run.pk, today=date(2026, 11, 25))
        assert Patient.objects.count() == patients
        assert DuplicatePair.objects.filter(decision="different").count() == pairs


def test_a_row_that_nobody_asks_about_is_not_answered(lakeside, alicia, enter):
    with inside(lakeside):
        row = written(alicia).rows.order_by("number").first()
    answer = enter(alicia).post(
        f"/o/lakeside/patients/imports/rows/{row.pk}/answer/", {"answer": "same"}, follow=True
    )
    assert "not asked about any more" in answer.content.decode()


def test_a_number_of_somebody_quite_different_changes_nobody(maria, scope, alicia):
    heading = HEADING.replace("Zip", "MRN")
    run = written(alicia, heading + f"Grace,Okonkwo,8/2/1951,2175550111,{maria.mrn}\n")
    assert outcomes(run) == ["bad"]
    assert "has this number here" in run.rows.get().problems[0][1]
    assert not maria.contact_points.filter(value="+12175550111").exists()


def test_a_number_elsewhere_is_news_of_a_known_patient(scope, alicia):
    written(alicia)
    heading = HEADING.replace("Zip", "External ID")
    run = written(alicia, heading + "Maria,Delgado,3/14/1967,2175550188,X-77\n")
    assert outcomes(run) == ["changed"]
    assert Identifier.objects.get().value == "X-77"


def test_the_same_patient_twice_in_one_file_is_written_once(scope, alicia):
    run = written(alicia, HEADING + "Maria,Delgado,3/14/1967,2175550188,62701\n" * 2)
    assert outcomes(run) == ["new", "bad"]
    assert Patient.objects.count() == 1


def test_a_killed_job_goes_on_where_it_was(scope, alicia, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    run = checked(alicia)
    importing.write_it(run_id=run.pk)
    importing.write_some(run_id=run.pk, today=date(2026, 11, 25))
    assert Patient.objects.count() == 1
    while importing.write_some(run_id=run.pk, today=date(2026, 11, 25)):
        pass
    assert Patient.objects.count() == 2


def test_the_choice_of_columns_is_remembered_for_this_heading(scope, alicia):
    odd = "A,B,C\nMaria,Delgado,3/14/1967\n"
    run = brought(alicia, odd)
    importing.name_columns(run_id=run.pk, mapping={"A": "given_name", "B": "family_name", "C": "birth_date"})
    assert brought(alicia, odd).mapping["C"] == "birth_date"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("", "no columns"), ("just words\n", "no columns"), (HEADING, "no rows")],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(scope, alicia, content, sentence):
    with pytest.raises(importing.CannotImport, match=sentence):
        brought(alicia, content)


def test_rows_are_sealed(scope, alicia):
    from django.db import connection

    run = brought(alicia)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM patients_importrow WHERE run_id = %s", [run.pk])
        assert all(b"Delgado" not in bytes(content) for (content,) in cursor.fetchall())


def test_a_file_goes_from_upload_to_records_in_the_browser(lakeside, alicia, enter, run_jobs):
    browser = enter(alicia)
    file = SimpleUploadedFile("patients.csv", (HEADING + ROWS).encode())
    page = browser.post("/o/lakeside/patients/imports/", {"files": file})["Location"]
    with inside(lakeside):
        run = PatientImport.objects.get()
    columns = {f"column-{n}": run.mapping[name] for n, name in enumerate(run.heading)}
    browser.post(f"{page}columns/", columns)
    run_jobs(lakeside)
    assert "Write 2 rows, leave 2" in browser.get(page).content.decode()
    browser.post(f"{page}writing/")
    run_jobs(lakeside)
    assert "What became of the rows" in browser.get(page).content.decode()


def test_the_rows_not_taken_come_back_as_a_file_without_formulas(lakeside, alicia, enter):
    with inside(lakeside):
        run = checked(alicia)
    answer = enter(alicia).get(f"/o/lakeside/patients/imports/{run.pk}/problems.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][-2:] == ["Row in the file", "What to do"]
    assert [row[-2] for row in rows[1:]] == ["4", "5"]
    assert rows[2][0] == "'=cmd()"


def test_columns_that_cannot_do_are_said_to_be_so(lakeside, alicia, enter):
    with inside(lakeside):
        run = brought(alicia)
    answer = enter(alicia).post(f"/o/lakeside/patients/imports/{run.pk}/columns/", {}, follow=True)
    assert "Choose the columns of the first and the last name" in answer.content.decode()
    with inside(lakeside):
        assert ImportRow.objects.exclude(outcome="").count() == 0
