"""Faxes of several pages: cover, referral, chart."""

from random import Random

from benchmarks.faxes import wording as w
from benchmarks.faxes.cases import Case
from benchmarks.faxes.layouts.charts import chart_page, lab_page
from benchmarks.faxes.layouts.orders import athena, ecw, epic
from benchmarks.faxes.layouts.registry import packet
from benchmarks.faxes.page import Page

CONFIDENTIAL = (
    "CONFIDENTIALITY NOTICE: This facsimile contains protected health information intended only for the named"
    " recipient. If you received this transmission in error please notify the sender immediately and destroy"
    " all copies."
)


@packet(weight=7)
def cover_chart(case: Case, rng: Random) -> list[Page]:
    """Cover sheet, order, office notes, and perhaps laboratory results."""
    order = rng.choice([epic, athena, ecw]).draw(case, rng)
    notes = range(1, rng.choice([1, 1, 2, 3, 4, 7]) + 1)
    chart = [
        chart_page(case, rng, "Office Visit Note", signer=case.referrer, number=number) for number in notes
    ]
    labs = [lab_page(case, rng) for _ in range(rng.choice([0, 1, 1]))]
    return [cover(case, rng), *order, *chart, *labs]


@packet(weight=2)
def order_and_note(case: Case, rng: Random) -> list[Page]:
    """An order and the office note behind it, without a cover."""
    return [*ecw.draw(case, rng), chart_page(case, rng, "Office Visit Note", signer=case.referrer)]


def cover(case: Case, rng: Random) -> Page:
    """A cover sheet."""
    page = Page(rng, "cover")
    page.y = 300
    page.say("FAX", 60, bold=True)
    page.y = 650
    sender, receiver = case.referrer.practice, case.specialist.practice
    lines = [
        ("To", f"{receiver.name}, {case.specialty.name} Intake"),
        ("Fax", w.phone_text(receiver.fax)),
        ("From", sender.name),
        ("Fax", w.phone_text(sender.fax)),
        ("Phone", w.phone_text(sender.phone)),
        ("Date", w.date_text(case.written_on)),
        ("Subject", "New patient referral"),
    ]
    page.pairs(lines, x=page.left, label_width=400, size=13, gap=12)
    page.rule()
    page.skip(40)
    page.say(CONFIDENTIAL, 11)
    return page
