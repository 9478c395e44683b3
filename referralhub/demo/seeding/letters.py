"""Small real papers: orders as offices fax them, and consult reports."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from organizations.words import phone, us_date
from referralhub.demo import world
from referralhub.demo.journeys import ReferralPlan

MARGIN, LINE = 72, 15  # points
TEXT, TITLE = ("Helvetica", 11), ("Helvetica-Bold", 15)
ADVERTISEMENT = ("Toner at half price until Friday", "Call today. Ask for the medical office rate.")


def order(plan: ReferralPlan) -> bytes:
    """The referring office's order."""
    group = f", group {plan.patient.group_number}" if plan.patient.group_number else ""
    services = ", ".join(f"{code.code} {code.words}" for code in plan.reason.services)
    sex = {"F": "female", "M": "male"}[plan.patient.sex]
    return _page(
        "Referral order",
        plan.referrer.practice,
        (
            f"Date: {us_date(plan.created_at.date())}",
            f"To: {plan.specialist}, {plan.specialty.name}",
            f"Priority: {plan.priority}",
            f"Patient: {plan.patient.full_name}, born {us_date(plan.patient.born)}, {sex}",
            f"Phone: {phone(plan.patient.mobile)}, address: {plan.patient.address}",
            f"Insurance: {plan.patient.plan.name}, member {plan.patient.member_id}{group}",
            f"Reason: {plan.reason.text}",
            f"Diagnoses: {', '.join(f'{code.code} {code.words}' for code in plan.reason.diagnoses)}",
            f"Requested: {services or 'Evaluate and treat'}",
            f"Ordered by {plan.referrer}, NPI {plan.referrer.npi}",
        ),
    )


def report(plan: ReferralPlan, seen_on: str) -> bytes:
    """The consult report for the referrer."""
    finding = plan.reason.diagnoses[0]
    return _page(
        "Consult report",
        plan.specialist.practice,
        (
            f"To: {plan.referrer}, {plan.referrer.practice.name}",
            f"Patient: {plan.patient.full_name}, born {us_date(plan.patient.born)}",
            f"Seen: {seen_on}",
            f"Reason: {plan.reason.text}",
            f"Assessment: {finding.words} ({finding.code}). History and examination fit what you found.",
            "Plan: treatment started today and explained to the patient. Visit here again in three months; "
            "please go on with the other medicines as they are.",
            f"Signed by {plan.specialist}, {plan.specialty.name}",
        ),
    )


def records(plan: ReferralPlan) -> bytes:
    """What was missing."""
    return _page(
        "Office note",
        plan.referrer.practice,
        (
            f"Patient: {plan.patient.full_name}, born {us_date(plan.patient.born)}",
            f"Seen for: {plan.reason.text}",
            "Examination, laboratory results and medication list as discussed by telephone.",
            f"Signed by {plan.referrer}",
        ),
    )


def advertisement(number: int) -> bytes:
    """What nobody asked for; each is another sheet."""
    return _page("Office supplies", None, (*ADVERTISEMENT, f"Offer {number}"))


def _page(title: str, office: world.Practice | None, paragraphs: Sequence[str]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER, invariant=True)  # the same words give the same bytes
    height = LETTER[1] - MARGIN
    canvas.setFont(*TITLE)
    canvas.drawString(MARGIN, height, title)
    canvas.setFont(*TEXT)
    for line in _lines(office, paragraphs):
        height -= LINE
        canvas.drawString(MARGIN, height, line)
    canvas.save()
    return buffer.getvalue()


def _lines(office: world.Practice | None, paragraphs: Sequence[str]) -> list[str]:
    lines = [""]
    if office:
        lines = [
            office.name,
            str(office.address),
            f"Phone {phone(office.phone)}, fax {phone(office.fax)}",
            "",
        ]
    for paragraph in paragraphs:
        lines += [*simpleSplit(paragraph, *TEXT, LETTER[0] - 2 * MARGIN), ""]
    return lines
