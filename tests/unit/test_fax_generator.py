"""The fax generator: the same seed, the same bytes; and a truth that scoring can rely on."""

import ast
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
from benchmarks.faxes.heldout.people import heldout_case
from benchmarks.faxes.layouts import LAYOUTS
from benchmarks.faxes.layouts.heldout import HELD_OUT
from benchmarks.faxes.layouts.registry import DOC_CLASSES
from benchmarks.faxes.markup import tagged, text_of, words
from benchmarks.faxes.page import Page
from benchmarks.faxes.pen import plain_letters
from benchmarks.faxes.samples import samples
from benchmarks.faxes.sending import Sending, send
from benchmarks.faxes.sets import sendings
from benchmarks.faxes.truth import fax_truth
from tests.conftest import shared

GENERATOR = Path(settings.BASE_DIR) / "benchmarks" / "faxes"
BOTH = LAYOUTS | HELD_OUT
SAMPLES = Path(settings.BASE_DIR) / "referralhub" / "demo" / "faxes"
UNTIL = date(2026, 11, 24)
DEV_LAYOUTS = {
    "epic", "athena", "ecw", "box_form", "free_letter", "cover_chart", "pa_form", "hand_form", "two_col",
    "table_layout", "table_side", "spanish", "consult_report", "junk_ad", "lab_result", "lab_side",
}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _fonts():
    try:
        for file in {file for family in faces.FAMILIES.values() for file in family}:
            faces.installed_font(file, 20)
    except faces.MissingFontError as missing:
        pytest.skip(str(missing))


def made(name: str, *, fine: bool = True, upside_down: bool = False):
    """One fax of a layout and its truth."""
    make = heldout_case if name in HELD_OUT else make_case
    case = make(Random(name), UNTIL)
    sending = Sending("one", "test", 1, ((BOTH[name], case),), "clean", fine, upside_down)
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


def test_the_held_out_set_is_the_same_bytes_for_the_same_seed(tmp_path):
    for folder in ("a", "b"):
        main(["--out", str(tmp_path / folder), "--n", "2", "--seed", "4", "--set", "held-out"])
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")
    assert {record["set"] for record in _records(tmp_path / "a")} == {"held-out"}


def test_another_seed_makes_another_case():
    first, second = (next(sendings("held-out", 1, seed, UNTIL))[0] for seed in (1, 2))
    assert first.documents[0][1].patient != second.documents[0][1].patient


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


def test_both_sets_hold_many_layouts_and_no_name_twice():
    assert len(LAYOUTS) >= 24
    assert len(HELD_OUT) >= 14
    assert len(BOTH) == len(LAYOUTS) + len(HELD_OUT)


@pytest.mark.parametrize("shelf", [LAYOUTS, HELD_OUT])
def test_each_set_has_documents_of_every_class(shelf):
    assert {layout.doc_class for layout in shelf.values()} == set(DOC_CLASSES)


@pytest.mark.parametrize("name", sorted(BOTH))
def test_every_box_lies_inside_its_page(name):
    record = truth_of(name)
    sizes = {page["page"]: (page["width"], page["height"]) for page in record["pages"]}
    for number, (left, top, right, bottom) in _boxes(record):
        assert 0 <= left < right <= sizes[number][0], (number, left, right)
        assert 0 <= top < bottom <= sizes[number][1], (number, top, bottom)


@pytest.mark.parametrize("name", sorted(BOTH))
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


@pytest.mark.parametrize("name", sorted(name for name in HELD_OUT if HELD_OUT[name].doc_class == "referral"))
def test_a_held_out_referral_says_at_least_who_why_and_from_whom(name):
    needed = {"patient_first", "patient_last", "patient_dob", "reason", "icd10", "ref_provider", "ref_npi"}
    assert needed <= set(truth_of(name)["documents"][0]["fields"])


@pytest.mark.parametrize("name", ["flyer", "send_report", "blank_page"])
def test_what_is_about_nobody_names_no_patient_and_no_field(name):
    [document] = truth_of(name)["documents"]
    assert document["patient"] is None
    assert document["fields"] == {}


def test_other_names_for_insurer_and_specialty_are_right_as_well():
    document = truth_of("portal_print")["documents"][0]
    case = heldout_case(Random("portal_print"), UNTIL)
    assert document["alternatives"]["to_specialty"] == list(case.alternatives["to_specialty"])


def test_a_value_over_the_edge_of_the_sheet_is_not_asked_for():
    received = receive(Page(Random(1), "referral"), "clean", Random(3), fine=True, rotation=0)
    assert received.placement.is_cut((2400, 700, 2700, 760))
    assert not received.placement.is_cut((2000, 700, 2300, 760))


# ------------------------------------------------------------------ the held-out set stays apart
def test_no_known_layout_uses_the_held_out_words():
    known = [file for file in GENERATOR.rglob("*.py") if not _is_held_out(file) and file.name != "sets.py"]
    assert len(known) > 20
    assert {file.name for file in known if any("heldout" in name for name in _imports(file))} == set()


def test_no_held_out_layout_uses_the_known_words():
    modules = {file.stem for file in (GENERATOR / "layouts").glob("*.py")} - {"registry"}
    known = {f"benchmarks.faxes.layouts.{name}" for name in modules if "heldout" not in name}
    known |= {"benchmarks.faxes.wording", "benchmarks.faxes.filler"}
    held_out = [file for file in GENERATOR.rglob("*.py") if _is_held_out(file)]
    assert len(held_out) > 10
    assert {file.name for file in held_out if _imports(file) & known} == set()


def test_nothing_that_reads_faxes_knows_the_held_out_set():
    root = Path(settings.BASE_DIR)
    sources = [file for app in ("intake", "gateways", "referralhub") for file in (root / app).rglob("*.py")]
    assert len(sources) > 50
    assert [file for file in sources if any("heldout" in name for name in _imports(file))] == []


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


def _is_held_out(file: Path) -> bool:
    return file.parent.name == "heldout" or file.name.startswith("heldout")


def _imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


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
