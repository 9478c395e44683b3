"""A file is what its bytes say, whatever its name says."""

import io

import pytest
from PIL import Image

from gateways.storage.sniffing import HEAD_BYTES, JPEG, PDF, PNG, TIFF, UNKNOWN, sniff
from tests.conftest import shared


def drawn(form):
    target = io.BytesIO()
    Image.new("L", (8, 8)).save(target, form)
    return target.getvalue()


@pytest.mark.parametrize(("form", "kind"), [("PNG", PNG), ("JPEG", JPEG), ("TIFF", TIFF), ("PDF", PDF)])
def test_the_files_we_read(form, kind):
    assert sniff(drawn(form)[:HEAD_BYTES]) == kind


@pytest.mark.parametrize("head", [b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"])
def test_every_kind_of_tiff(head):
    assert sniff(head + b"\x00" * 20) == TIFF


@pytest.mark.parametrize(
    "before",
    [b"\r\n", b"\xef\xbb\xbf", b"\x00" * 8, b'\x1b%-12345X@PJL SET JOB="FAX"\r\n@PJL ENTER LANGUAGE=PDF\r\n'],
)
def test_a_pdf_with_what_fax_servers_put_before_it(before):
    assert sniff(before + b"%PDF-1.4\n") == PDF


@pytest.mark.parametrize(
    "head",
    [b"", b"hello", b"\x00" * 100, b"<html>%PDF-1.4", b"GIF89a%PDF-1.4", b"PDF", b"\x89PNG", b"\xff\xd8"],
)
def test_anything_else_is_none_of_those(head):
    assert sniff(head) not in (PDF, TIFF, PNG, JPEG)


def test_other_files_are_named_where_they_are_known():
    assert sniff(b"GIF89a" + b"\x00" * 40) == "image/gif"
    assert sniff(b"\x93\x01 nothing that anyone knows") == UNKNOWN


def test_the_bad_samples_are_what_they_are_and_not_what_they_are_called():
    folder = shared("data", "faxes", "bad")
    found = {path.name: sniff(path.read_bytes()[:HEAD_BYTES]) for path in folder.iterdir()}
    assert found["empty.pdf"] == UNKNOWN
    assert found["notpdf.pdf"] != PDF
    assert (found["enc.pdf"], found["trunc.tif"]) == (PDF, TIFF)


def test_every_good_sample_is_readable():
    folder = shared("data", "faxes", "dev")
    files = [path for path in folder.rglob("*") if path.suffix in (".pdf", ".tif", ".tiff")]
    assert files
    assert all(
        sniff(path.read_bytes()[:HEAD_BYTES]) == {".pdf": PDF}.get(path.suffix, TIFF) for path in files
    )
