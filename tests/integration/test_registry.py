"""The NPI registry's monthly file, read into the directory's search."""

from itertools import islice

import pytest
from django.core.management import CommandError, call_command

from benchmarks import npi_files as files
from providers.actions import registering
from providers.models import RegistryEntry, RegistryImport
from providers.registry import NotTheRegistry, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def monthly(tmp_path):
    """A file of 250 rows, 5 of them deactivated."""
    path = tmp_path / "npidata.csv"
    files.write(path, rows=250)
    return path


def import_(path, **options):
    call_command("import_npi_registry", str(path), **options)


def test_each_row_of_the_file_becomes_an_entry(monthly):
    import_(monthly)
    assert RegistryEntry.objects.count() == 250
    assert RegistryEntry.objects.exclude(deactivated_on=None).count() == 5


def test_the_primary_taxonomy_comes_first_and_the_address_is_the_practices(monthly):
    import_(monthly)
    entry = RegistryEntry.objects.get(npi=files.npi(0))
    assert (len(entry.taxonomies), entry.phone[:5], len(entry.postal_code)) == (2, "+1217", 5)


def test_a_killed_run_goes_on_where_it_was_and_doubles_nothing(monthly):
    run = registering.open_run(monthly)
    with monthly.open("rb") as file:
        some = list(islice(rows(file), 100))
    registering.write(run, [one.entry for one in some], refused=0, read_to=some[-1].read_to)
    import_(monthly)
    assert (RegistryEntry.objects.count(), RegistryImport.objects.get().rows) == (250, 250)


def test_a_file_that_is_done_is_not_read_again(monthly, django_assert_max_num_queries):
    import_(monthly)
    with django_assert_max_num_queries(3):
        import_(monthly)


def test_a_deactivated_npi_keeps_its_name(monthly, tmp_path):
    import_(monthly)
    later = tmp_path / "later.csv"
    heading = ",".join(f'"{name}"' for name in files.HEADING)
    gone = ["" for _ in files.HEADING]
    gone[0], gone[files.HEADING.index("NPI Deactivation Date")] = files.npi(0), "11/02/2026"
    later.write_text(heading + "\n" + ",".join(f'"{value}"' for value in gone) + "\n")
    import_(later)
    entry = RegistryEntry.objects.get(npi=files.npi(0))
    assert entry.name and str(entry.deactivated_on) == "2026-11-02"


@pytest.mark.parametrize(
    "row", [b'"0000000000","1"\n', b'"unfinished', b"\xff\xfe\x00,\n", b'"' + b"9" * 200_000 + b'"\n']
)
def test_a_row_that_cannot_be_used_is_counted_and_the_others_are_taken(monthly, row):
    content = monthly.read_bytes().split(b"\n", 1)
    monthly.write_bytes(content[0] + b"\n" + content[1] + row)
    import_(monthly)
    assert RegistryEntry.objects.count() == 250
    assert RegistryImport.objects.get().refused >= 1


def test_a_file_of_another_kind_is_refused_in_a_sentence(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="not an NPI registry file"):
        import_(other)


def test_a_heading_with_a_byte_order_mark_is_read(monthly):
    monthly.write_bytes(b"\xef\xbb\xbf" + monthly.read_bytes())
    with monthly.open("rb") as file:
        assert next(rows(file)).entry.npi == files.npi(0)


def test_an_empty_file_is_no_registry(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.touch()
    with empty.open("rb") as file, pytest.raises(NotTheRegistry):
        next(rows(file))
