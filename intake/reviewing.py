"""The review page's form laid out: which values to check first, which read clearly, and where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from intake import fields
from intake.choosing import Choice, choice_for
from intake.forms import ReviewForm
from intake.models import FieldReading, Page, Reading

LOW = 50  # percent
CROP_PAD, CROP_LEAST, BOX_PAD = 48, 760, 8  # pixels of a page of about 1,700


@dataclass(frozen=True)
class Picture:
    """A page as drawn."""

    number: int
    url: str
    width: int
    height: int
    label: str


@dataclass
class Row:
    """One field as drawn by components/_fax_field.html."""

    key: str
    label: str
    value: str
    multiline: bool = False
    mono: bool = False
    conf: str = "hi"
    why: str = ""
    word: str = ""
    percent: int = 0
    error: str = ""
    checked: bool = False
    doubtful: bool = False
    crop: str = ""
    page_url: str = ""
    page_w: int = 0
    page_h: int = 0
    page: int | None = None
    box: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """The form of one paper."""

    paper: Reading | None
    choice: Choice
    check: list[Row]
    clear: list[tuple[str, list[Row]]]
    blank: list[Row]
    tags: list[tuple[str, str]]

    @property
    def rows(self) -> list[Row]:
        """All fields of the sheet."""
        return [*self.check, *(row for _, rows in self.clear for row in rows), *self.blank]

    @property
    def is_by_hand(self) -> bool:
        """Whether nothing was read, so that a person types it all."""
        return not any(row.percent for row in self.rows)

    @property
    def left(self) -> int:
        """Doubtful fields nobody has ticked."""
        return sum(not row.checked for row in self.check)


def picture_of(page: Page, total: int) -> Picture:
    """One page with its address."""
    url = reverse("fax_page", args=[page.arrival_id, page.number])
    return Picture(page.number, url, page.width, page.height, f"Page {page.number} of {total}")


def sheet_of(
    paper: Reading | None,
    rows: Sequence[FieldReading],
    pictures: Mapping[int, Picture],
    form: ReviewForm | None = None,
) -> Sheet:
    """Lay out a paper. A form that came back with errors keeps what was typed."""
    read = {row.key: row for row in rows}
    drawn = [_row(known, read.get(known.key), pictures, form) for known in fields.FIELDS]
    check = sorted((row for row in drawn if row.doubtful or row.error), key=lambda row: row.conf != "low")
    others = [row for row in drawn if row not in check]
    values = {key: row.final_value for key, row in read.items()} | (form.kept if form else {})
    return Sheet(
        paper=paper,
        choice=choice_for(
            values,
            posted=str(form.data.get("match", "")) if form else None,
            remembered=paper.matched_patient if paper else None,
        ),
        check=check,
        clear=_grouped([row for row in others if row.value]),
        blank=[row for row in others if not row.value],
        tags=_tags(check),
    )


def _row(
    known: fields.Field, read: FieldReading | None, pictures: Mapping[int, Picture], form: ReviewForm | None
) -> Row:
    value = read.final_value if read else ""
    row = Row(known.key, known.label, known.show(value), known.multiline, known.mono)
    if read is None:
        row.why = fields.why_check(known.key, "", why="", confidence=0, all_values={})
    else:
        row.why, row.percent = read.why, round(read.confidence * 100)
        row.checked = read.checked_by_id is not None
        _place(row, read, pictures)
    if form is not None:
        row.value = known.show(form.kept.get(known.key, value))
        row.checked = known.key in form.ticked
        row.error = " ".join(str(said) for said in form.errors.get(known.key, []))
    row.conf, row.word = _confidence(row)
    row.doubtful, row.why = bool(row.why), "" if row.why == row.word else row.why
    return row


def _confidence(row: Row) -> tuple[str, str]:
    """How the field is drawn, and the one word beside it."""
    if row.error:
        return "low", "Wrong" if row.value else "Missing"
    if not row.why:
        return "hi", ""
    if row.why == fields.NOT_FOUND:
        return ("mid", "Typed") if row.value else ("low", "Missing")
    if row.why == "Handwritten":
        return "mid", "Handwritten"
    return ("low", "Unclear") if row.percent < LOW else ("mid", "Check")


def _place(row: Row, read: FieldReading, pictures: Mapping[int, Picture]) -> None:
    """Where the value stands on its page, and the strip of the page that is shown under the input."""
    picture = pictures.get(read.page or 0)
    if picture is None or read.x is None or read.y is None or read.width is None or read.height is None:
        return
    row.page, row.page_url, row.page_w, row.page_h = (
        picture.number,
        picture.url,
        picture.width,
        picture.height,
    )
    row.box = {
        "x": read.x - BOX_PAD,
        "y": read.y - BOX_PAD,
        "w": read.width + 2 * BOX_PAD,
        "h": read.height + 2 * BOX_PAD,
    }
    width = min(max(read.width + 2 * CROP_PAD, CROP_LEAST), picture.width)
    left = max(0, min(read.x - CROP_PAD, picture.width - width))
    row.crop = f"{left:.0f} {max(0, read.y - CROP_PAD / 2):.0f} {width:.0f} {read.height + CROP_PAD:.0f}"


def _grouped(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(fields.BY_KEY[row.key].group, []).append(row)
    return list(groups.items())


def _tags(check: Sequence[Row]) -> list[tuple[str, str]]:
    """How many there are to check of each kind: (tone, text)."""
    counts = {
        word: sum(row.word == word for row in check)
        for word in ("Wrong", "Missing", "Unclear", "Handwritten")
    }
    return [
        ("warn" if word == "Handwritten" else "bad", f"{n} {word.lower()}") for word, n in counts.items() if n
    ]


def boxes_on(sheet: Sheet, number: int) -> list[dict[str, Any]]:
    """The boxes drawn on one page."""
    return [
        {"key": row.key, "conf": row.conf, **row.box} for row in sheet.rows if row.page == number and row.box
    ]


def first_page_to_show(sheet: Sheet, pictures: Mapping[int, Picture]) -> int:
    """Where the first value to check stands, else where most values stand, else the paper's first page."""
    doubtful = [row.page for row in sheet.check if row.page]
    pages = [row.page for row in sheet.rows if row.page]
    begins = sheet.paper.first_page if sheet.paper else 1
    wanted = doubtful[0] if doubtful else max(pages, key=pages.count) if pages else begins
    return wanted if wanted in pictures else min(pictures, default=1)
