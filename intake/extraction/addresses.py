"""US postal addresses: a house number or PO box, a street, and the state with its ZIP."""

import re

STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
        "DC",
    ]
)
SHAPE = re.compile(
    r"(?:\b\d{1,6}[A-Za-z]?\s|\bP\.?\s?O\.?\s?[Bb][Oo][Xx]\s)[^:|]{4,70}?\b(?P<state>[A-Z]{2})[.,]?\s*(?P<zip>\d{5})(?:-\d{4})?(?!\d)"
)
ZIP = re.compile(r"\d{5}(?:-\d{4})?$")
STREET = re.compile(
    r"(?:\b\d{1,6}[A-Za-z]?\s+(?=[A-Za-z0-9])|\bP\.?\s?O\.?\s?[Bb][Oo][Xx]\s)[A-Za-z0-9 .,#'\-]{3,60}"
)
CITY = re.compile(r"[A-Za-z .'\-]{2,30},?\s+(?P<state>[A-Z]{2})[.,]?\s*(?P<zip>\d{5})(?:-\d{4})?(?!\d)")


def find(text: str) -> re.Match[str] | None:
    """The first whole address of the text."""
    return next((match for match in SHAPE.finditer(text) if match["state"] in STATES), None)


def street(text: str) -> str:
    """The street line that the text begins with, or nothing."""
    match = STREET.match(text.strip())
    return match[0].strip(" ,.") if match else ""


def city(text: str) -> str:
    """City, state and ZIP, or nothing."""
    match = CITY.search(text)
    return match[0].strip(" ,.") if match and match["state"] in STATES else ""
