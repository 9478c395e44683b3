"""A file of patients under a person's fingers, at desk and phone width."""

from datetime import date

import pytest

from patients.models import Patient
from tests import factories
from tests.e2e.test_fax_review import desk, inside, lakeside  # noqa: F401 (fixtures)

FILE = (
    "First Name,Last Name,DOB,Cell Phone\n"
    "Maria,Delgado,3/14/1967,2175550188\n"
    "Grace,Okonkwo,8/2/1951,2175550111\n"
    "Yuki,Nakamura,13/45/1974,2175550112\n"
    "Theo,Beaumont,6/30/1971,2175550113\n"
)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_file_is_named_checked_and_written(width, desk, inside, lakeside, run_jobs, tmp_path):  # noqa: F811
    file = tmp_path / "patients.csv"
    file.write_text(FILE)
    with inside():
        factories.make_patient(given_name="Theo", family_name="Marsh", birth_date=date(1971, 6, 30))
    alicia = desk("Alicia Warren", width=width)
    alicia.open("/o/lakeside/patients/imports/")
    alicia.looks()
    alicia.page.set_input_files("#upload-files", file)
    alicia.page.get_by_role("button", name="Upload").press("Enter")
    alicia.sees("What the columns hold")
    alicia.looks()
    alicia.page.get_by_role("button", name="Check the rows").press("Enter")
    alicia.sees("Nothing is written yet")
    alicia.looks()
    run_jobs(lakeside)
    alicia.sees("2 rows not taken")  # the page notices by itself
    alicia.looks()
    alicia.page.get_by_role("button", name="New patient").press("Enter")
    alicia.sees("1 row not taken")
    alicia.page.get_by_role("button", name="Write 3 rows, leave 1").press("Enter")
    run_jobs(lakeside)
    alicia.sees("What became of the rows")
    with inside():
        assert Patient.objects.count() == 4
