"""Names and addresses taken apart, as the rows of patients and providers want them. Pure."""

import re
from dataclasses import dataclass

from intake.extraction import names

ADDRESS = re.compile(
    r"(?P<line1>.+?),\s*(?P<city>[^,]+?),?\s+(?P<state>[A-Z]{2})\.?,?\s+(?P<zip>\d{5}(?:-\d{4})?)\s*"
)
DOTTED = re.compile(r"\b([A-Z])\.\s?([A-Z])\.?(?![a-z])")  # "M.D."
SCOTTISH = re.compile(r"\bMc([a-z])")
CREDENTIALS_IN_ORDER = (
    "MD",
    "DO",
    "NP",
    "PA-C",
    "PA",
    "FNP",
    "APRN",
    "CNM",
    "DPM",
    "DC",
    "OD",
    "DDS",
    "DMD",
    "PhD",
)


@dataclass(frozen=True)
class Clinician:
    """A clinician as named on paper."""

    given: str
    family: str
    credential: str

    @property
    def full(self) -> str:
        """Given and family name, without credential."""
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Address:
    """A postal address; all but the first line may be unknown."""

    line1: str
    city: str = ""
    state: str = ""
    postal_code: str = ""


def as_written(name: str) -> str:
    """A name in its usual letters: "O'NEIL-MCKAY" is "O'Neil-McKay"; mixed case is left alone."""
    if name != name.upper() and name != name.lower():
        return name
    return SCOTTISH.sub(lambda match: f"Mc{match[1].upper()}", name.title())


def clinician(text: str) -> Clinician | None:
    """The clinician that a line names, or None when it names nobody ("To whom it may concern")."""
    text = DOTTED.sub(r"\1\2", text)
    person = names.parse(text)
    if person is None:
        return None
    written = text.replace(".", "").upper()
    credential = next((c for c in CREDENTIALS_IN_ORDER if re.search(rf"\b{c.upper()}\b", written)), "")
    return Clinician(as_written(person.first), as_written(person.last), credential)


def surname(text: str) -> str:
    """The name in a line that holds a title and one name only: "Okafor" of "Dr. Okafor, MD"; else empty."""
    known = {word.upper() for word in CREDENTIALS_IN_ORDER} | {"DR", "DOCTOR"}
    rest = [
        word for word in re.findall(r"[A-Za-z'’-]{2,}", text.replace(".", "")) if word.upper() not in known
    ]
    return as_written(rest[0]) if len(rest) == 1 else ""


def address(text: str) -> Address:
    """Street, city, state and ZIP; what cannot be taken apart stays in the first line."""
    match = ADDRESS.fullmatch(text.strip())
    if match is None:
        return Address(text.strip()[:120])
    return Address(match["line1"].strip()[:120], match["city"].strip()[:60], match["state"], match["zip"])
