"""The fax generator: the same seed, the same bytes; and a truth that scoring can rely on."""

import importlib.util
import json
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from django.conf import settings
from PIL import Image

from benchmarks.faxes import faces
from benchmarks.faxes.cases import FIELDS, make_case
from benchmarks.faxes.command import main
from benchmarks.faxes.degradation import LEVELS, receive
from benchmarks.faxes.layouts import LAYOUTS
from benchmarks.faxes.markup import tagged, text_of, words
from benchmarks.faxes.page import Page
from benchmarks.faxes.pen import plain_letters
from benchmarks.faxes.samples import samples
from benchmarks.faxes.sending import Sending, send
from benchmarks.faxes.truth import fax_truth
from tests.conftest import shared

SAMPLES = Path(settings.BASE_DIR) / "referralhub" / "demo" / "faxes"
UNTIL = date(2026, 11, 24)
DEV_LAYOUTS = {
    "epic", "athena", "ecw", "box_form", "free_letter", "cover_chart", "pa_form", "hand_form", "two_col",
    "table_layout", "table_side", "spanish", "consult_report", "junk_ad", "lab_result", "lab_side",
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    try:
        faces.installed_font("LiberationSans-Regular.ttf", 20)
        faces.installed_font("DejaVuSans.ttf", 20)
    except faces.MissingFontError as missing:
        pytest.skip(str(missing))


def made(name: str, *, fine: bool = True, upside_down: bool = False):
    """One fax of a layout and its truth."""
    case = make_case(Random(name), UNTIL)
    sending = Sending("one", "test", 1, ((LAYOUTS[name], case),), "moderate", fine, upside_down)
    sheets = send(sending, Random(7))
    return sheets, fax_truth(sending, sheets, ["one.pdf"])


@cache
def truth_of(name: str):
    """The truth of one fax of a layout; several tests look at the same one."""
    return made(name)[1]


# ------------------------------------------------------------------ the command
def test_the_same_seed_writes_the_same_files(tmp_path):
    for folder in ("a", "b"):
        assert main(["--out", str(tmp_path / folder), "--n", "2", "--seed", "4", "--level", "clean"]) == 0
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")
    assert set(_contents(tmp_path / "a")) == {"all-0000.pdf", "all-0001.tif", "truth.jsonl"}


def test_the_clean_set_holds_neither_handwriting_nor_bad_pages(tmp_path):
    main(["--out", str(tmp_path), "--n", "3", "--seed", "4", "--set", "clean", "--formats", "tiff"])
    records = _records(tmp_path)
    assert {record["level"] for record in records} <= {"clean", "moderate"}
    assert not any(record["handwritten"] or record["resolution"] == "standard" for record in records)


def test_without_the_fonts_it_says_in_one_sentence_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(faces.FAMILIES, "sans", ("NoSuchFont.ttf", "NoSuchFont-Bold.ttf"))
    assert main(["--out", str(tmp_path), "--n", "3", "--seed", "4"]) == 1
    assert "NoSuchFont" in (said := capsys.readouterr().err)
    assert "fonts-liberation" in said


# ------------------------------------------------------------------ every layout
def test_all_layouts_of_the_development_set_are_known():
    assert set(LAYOUTS) >= DEV_LAYOUTS


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_box_lies_inside_its_page(name):
    record = truth_of(name)
    sizes = {page["page"]: (page["width"], page["height"]) for page in record["pages"]}
    for number, (left, top, right, bottom) in _boxes(record):
        assert 0 <= left < right <= sizes[number][0], (number, left, right)
        assert 0 <= top < bottom <= sizes[number][1], (number, top, bottom)


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_field_has_a_place_and_every_place_a_field(name):
    record = truth_of(name)
    for document in record["documents"]:
        assert set(document["fields"]) == set(document["boxes"]) <= set(FIELDS)


@pytest.mark.parametrize("name", sorted(name for name in LAYOUTS if LAYOUTS[name].doc_class == "referral"))
def test_a_referral_names_patient_referrer_and_reason(name):
    record = truth_of(name)
    needed = {
        "patient_last",
        "patient_dob",
        "member_id",
        "ref_npi",
        "icd10",
        "reason",
        "urgency",
        "to_specialty",
    }
    assert needed <= set(record["documents"][0]["fields"])


@pytest.mark.parametrize(("fine", "height"), [(True, 2156), (False, 1078)])
def test_a_page_has_the_size_a_fax_machine_sends(fine, height):
    sheets, record = made("epic", fine=fine)
    assert sheets[0].received.image.size == (1728, height)
    assert sheets[0].received.image.mode == "1"
    assert record["dpi"] == [204, 196 if fine else 98]


# ------------------------------------------------------------------ what the machine does
@pytest.mark.parametrize(("level", "rotation"), [*zip(LEVELS, (0, 90, 180, 270), strict=True)])
def test_a_box_is_found_where_the_ink_went(level, rotation):
    page = Page(Random(1), "referral", landscape=rotation in (90, 270))
    page.fill(600, 700, 400, 200)
    received = receive(page, level, Random(3), fine=True, rotation=rotation)
    left, top, right, bottom = received.placement.box((600, 700, 1000, 900))
    inner = received.image.crop((left + 12, top + 12, right - 12, bottom - 12)).convert("L")
    assert sum(inner.histogram()[:128]) / (inner.width * inner.height) > 0.9


def test_an_upside_down_page_is_said_to_be_turned_by_180_degrees():
    _, record = made("epic", upside_down=True)
    assert [page["rotation"] for page in record["pages"]] == [180]
    assert record["modifier"] == "upside_down"


def test_a_sideways_sheet_is_turned_by_a_right_angle():
    record = truth_of("table_side")
    assert record["pages"][0]["rotation"] in (90, 270)


# ------------------------------------------------------------------ markup and pen
def test_a_tag_ends_inside_a_word_without_splitting_it():
    [word, *_] = words(f"{tagged('reason', 'knee pain')}.")
    assert [piece.text for piece in word] == ["knee"]
    assert text_of(list(words(f"({tagged('icd10', 'I10')}), again"))) == "(I10), again"


def test_two_values_of_one_field_on_a_line_have_two_places():
    page = Page(Random(1), "referral")
    page.say(f"{tagged('icd10', 'I10')}, {tagged('icd10', 'E78.5')}")
    assert [mark.field for mark in page.marks] == ["icd10", "icd10"]


def test_the_pen_writes_names_with_accents_as_plain_letters():
    assert plain_letters("Peña–Muñoz") == "Pena-Munoz"


# ------------------------------------------------------------------ the samples
def test_the_first_sample_is_the_referral_that_the_walkthrough_follows():
    fields = _records(SAMPLES)[0]["documents"][0]["fields"]
    assert (fields["patient_first"], fields["patient_last"]) == ("Maria", "Delgado-Ruiz")
    assert (fields["patient_dob"], fields["patient_phone"]) == ("1967-03-14", "2175550188")
    assert (fields["payer_name"], fields["member_id"]) == ("Heritage PPO", "HPC884160271")
    assert (fields["ref_provider"], fields["ref_fax"]) == ("Hannah Lindqvist", "2175550142")
    assert (fields["to_specialty"], fields["to_provider"]) == ("Cardiology", "Ngozi Okafor")
    assert (fields["icd10"], fields["urgency"]) == (["R07.89"], "urgent")


def test_twelve_small_samples_are_what_their_truth_says():
    records = _records(SAMPLES)
    assert len(records) == 12
    for record in records:
        file = SAMPLES / record["files"][0]
        assert file.stat().st_size < 60_000
        assert _pages(file) == record["n_pages"]


def test_the_samples_on_disk_say_what_the_generator_would_make():
    sending, rng = next(samples())
    fresh = fax_truth(sending, send(sending, rng), ["sample-01.pdf"])
    assert fresh["documents"][0]["fields"] == _records(SAMPLES)[0]["documents"][0]["fields"]


def test_a_perfect_reading_of_the_samples_scores_full_marks():
    script = shared("bench", "fax_score.py")
    spec = importlib.util.spec_from_file_location("fax_score", script)
    scoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scoring)
    truth = scoring.load(str(SAMPLES / "truth.jsonl"))
    score = scoring.score(truth, scoring.perfect(truth))
    assert (score["micro"]["f1"], score["boxes"]["hit_rate"], score["rotation"]["accuracy"]) == (1, 1, 1)


def test_the_truth_has_the_shape_of_the_development_set():
    outside = json.loads((shared("data", "faxes", "dev") / "truth.jsonl").read_text().splitlines()[0])
    ours = _records(SAMPLES)[0]
    assert list(ours) == list(outside)
    assert list(ours["documents"][0]) == list(outside["documents"][0])
    assert list(ours["pages"][0]) == list(outside["pages"][0])


def _contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _records(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]


def _boxes(record: dict):
    for document in record["documents"]:
        for places in document["boxes"].values():
            yield from ((place["page"], place["box"]) for place in places)
    for page in record["pages"]:
        yield from ((page["page"], line["box"]) for line in page["lines"])


def _pages(file: Path) -> int:
    if file.suffix == ".pdf":
        return len(pypdfium2.PdfDocument(file))
    with Image.open(file) as image:
        return image.n_frames
