"""The real reader on printed faxes: whom, born when, and from which clinician."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from gateways.ocr.local import LocalOcr
from intake.extraction import extract
from tests.conftest import shared
from tests.unit.gateways_ocr.paper import as_tiff, drawn

PRINTED_FINE = [
    "dev-0005.tif",
    "dev-0020.pdf",
    "dev-0027.tif",
    "dev-0052.pdf",
]  # one of many pages, one upside down
KEYS = ("patient_last", "patient_dob", "ref_npi")


def truth_of(name):
    lines = (shared("data", "faxes", "dev") / "truth.jsonl").read_text().splitlines()
    return next(record for record in map(json.loads, lines) if name in record["files"])["documents"][0]


@pytest.mark.parametrize("name", PRINTED_FINE)
def test_a_printed_fax_gives_name_birth_date_and_npi(name):
    content = (shared("data", "faxes", "dev") / name).read_bytes()
    (document,) = extract(list(LocalOcr().read(content, media_type="application/octet-stream"))).documents
    read = {field.key: field.value for field in document.fields if field.key in KEYS}
    truth = truth_of(name)
    assert read == {key: truth["fields"][key] for key in KEYS}
    assert document.doc_class == truth["doc_class"]


def test_the_command_writes_one_line_a_file_even_in_trouble(tmp_path):
    (tmp_path / "good.tif").write_bytes(as_tiff(drawn()))
    (tmp_path / "not a fax.pdf").write_bytes(b"see you at lunch")
    out = tmp_path / "predictions.jsonl"
    call_command("read_faxes", tmp_path, out=out, workers=2, verbosity=0)
    good, bad = map(json.loads, out.read_text().splitlines())
    assert (good["file"], good["status"]) == ("good.tif", "read")
    assert good["documents"][0]["fields"]["patient_last"]["value"] == "Stewart"
    assert (bad["file"], bad["status"], bad["documents"]) == ("not a fax.pdf", "not_a_document", [])


def test_boxes_are_told_on_the_page_as_received(tmp_path):
    (tmp_path / "turned.tif").write_bytes(as_tiff(drawn().rotate(180)))
    out = tmp_path / "predictions.jsonl"
    call_command("read_faxes", tmp_path, out=out, verbosity=0)
    (record,) = map(json.loads, out.read_text().splitlines())
    left, top, _, _ = record["documents"][0]["fields"]["patient_dob"]["box"]
    assert record["pages"][0]["rotation"] == 180
    assert left > 864
    assert top > 1100


@pytest.mark.long
def test_memory_stays_flat_over_many_pages():
    from gateways.ocr.limits import Limits
    from gateways.ocr.local import Child

    peaks = []
    with Child(Limits(), "") as child:
        child.feed(as_tiff(*[drawn()] * 60))
        for header, _ in child.frames():
            if header["event"] == "page":
                peaks.append(_resident(child.pid))
    assert max(peaks) < 1.15 * max(peaks[:10])


def _resident(pid):
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("needs /proc to look into the process")
    told = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(told[0]) if told else 0  # none once it has ended
