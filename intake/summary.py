"""What the inbox says about a fax on two lines: whom it is about, and what it asks for. Pure."""

from collections.abc import Mapping, Sequence

from intake.fields import URGENCIES

CLASSES = {
    "referral": "Referral",
    "prior_auth": "Prior authorization request",
    "consult_report": "Consult report",
    "lab_result": "Lab result",
    "order": "Order, not a referral",
    "records_request": "Request for records",
    "confirmation": "Confirms a fax we sent",
    "junk": "Looks like an advertisement",
    "blank": "Blank",
}
REQUESTS = ("referral", "prior_auth")
LONGEST = 76


def two_lines(papers: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """The lines, joined by a line break, for papers of (class, values)."""
    if not papers:
        return ""
    doc_class, values = papers[0]
    who = _who(values) or "No name found"
    more = len(papers) - 1
    who += f" and {more} more" if more else ""
    what = ", ".join(_what(*paper) for paper in papers[:2]) if more else _what(doc_class, values)
    return f"{who[:LONGEST]}\n{what[:LONGEST]}"


def _who(values: Mapping[str, str]) -> str:
    return ", ".join(part for part in (values.get("patient_last"), values.get("patient_first")) if part)


def _what(doc_class: str, values: Mapping[str, str]) -> str:
    if doc_class not in REQUESTS:
        return CLASSES.get(doc_class, "Other paper")
    urgency = URGENCIES.get(values.get("urgency", ""), "").lower()
    asked = [values.get("to_specialty") or CLASSES[doc_class], urgency]
    return ", ".join(part for part in asked if part)
