"""What a finished fax keeps of its reading: the picture of its page, and the values found on it."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2

from intake.fields import FIELDS, why_check
from intake.models import Arrival, FieldReading, Page, Reading
from referralhub.demo.journeys import ReferralPlan
from referrals import storing
from referrals.models import Document

SCALE = 100 / 72  # pixels a point: 100 dots an inch are enough to look at
SURE = 0.97


def picture(arrival: Arrival, pdf: bytes) -> Page:
    """The arrival's one page, drawn."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=SCALE, grayscale=True).to_pil()
    document.close()
    png = BytesIO()
    image.save(png, "PNG")
    kept = storing.keep(
        png.getvalue(), kind=Document.Kind.OTHER, title="Page 1", media_type="image/png", pages=1
    )
    return Page(arrival=arrival, number=1, picture=kept, width=image.width, height=image.height)


def fields(reading: Reading, plan: ReferralPlan) -> Iterator[FieldReading]:
    """Every field of an order that read clearly."""
    values = _values(plan)
    for field in FIELDS:
        value = values[field.key]
        sure = SURE if value else 0.0
        why = why_check(field.key, value, why="", confidence=sure, all_values=values)
        page = 1 if value else None
        yield FieldReading(reading=reading, key=field.key, value=value, confidence=sure, why=why, page=page)


def _values(plan: ReferralPlan) -> dict[str, str]:
    patient, referrer = plan.patient, plan.referrer
    return {
        "patient_last": patient.last,
        "patient_first": patient.first,
        "patient_dob": patient.born.isoformat(),
        "patient_sex": patient.sex,
        "patient_phone": _digits(patient.mobile),
        "patient_address": str(patient.address),
        "to_specialty": plan.specialty.name,
        "to_provider": plan.specialist.full_name,
        "urgency": plan.priority,
        "reason": plan.reason.text,
        "icd10": ", ".join(code.code for code in plan.reason.diagnoses),
        "cpt": ", ".join(code.code for code in plan.reason.services),
        "referral_date": plan.created_at.date().isoformat(),
        "payer_name": patient.plan.name,
        "member_id": patient.member_id,
        "group_no": patient.group_number,
        "ref_provider": referrer.full_name,
        "ref_npi": referrer.npi,
        "ref_phone": _digits(referrer.practice.phone),
        "ref_fax": _digits(referrer.practice.fax),
    }


def _digits(number: str) -> str:
    """Ten digits, as fields keep a telephone number."""
    return number.removeprefix("+1")
