"""Specialty offices that are neither of the demo's organizations: where a patient could be sent instead."""

from dataclasses import dataclass

from referralhub.demo.practices import (
    CAPITAL,
    LAKESIDE_PRACTICE,
    PRAIRIE_PRACTICE,
    RIVERTON,
    SANGAMON,
)
from referralhub.demo.world import Address, Practice, npi, phone


@dataclass(frozen=True)
class Specialist:
    """A clinician of such an office; `languages` besides English."""

    name: str
    specialty: str
    office: Practice
    npi: str
    languages: tuple[str, ...] = ()
    accepts_new: bool | None = True


def _office(serial: int, name: str, address: Address, telephone: str, fax: str) -> Practice:
    return Practice(name, address, phone(telephone), phone(fax), npi(serial))


CAPITAL_HEART = _office(
    1011, "Capital Heart Group", Address("1120 E Carpenter St", "Springfield", "62702"), "0150", "0151"
)
MACON_KIDNEY = _office(
    1012, "Macon Kidney Care", Address("302 W Pershing Rd", "Decatur", "62526"), "0153", "0154"
)
HALVORSEN = _office(
    1013, "Halvorsen Orthopedics", Address("455 Debby Dr", "Mount Zion", "62549"), "0156", "0157"
)
DIGESTIVE = _office(
    1014, "Prairieland Digestive Health", Address("88 Koke Mill Rd", "Springfield", "62711"), "0159", "0160"
)
BLOOMINGTON = _office(
    1015, "Bloomington Skin Clinic", Address("1404 Eastland Dr", "Bloomington", "61701"), "0162", "0163"
)
OFFICES = (CAPITAL_HEART, MACON_KIDNEY, HALVORSEN, DIGESTIVE, BLOOMINGTON)
_WHO = (
    ("Ole Brandvold, DO", "cardiology", CAPITAL_HEART, ("es",), True),
    ("Renata Quiroga, MD", "cardiology", CAPITAL_HEART, ("es", "pt"), True),
    ("Silas Okonjo, MD", "nephrology", MACON_KIDNEY, (), True),
    ("Ruth Halvorsen, MD", "orthopedics", HALVORSEN, ("pl",), False),
    ("Dmitri Sokolov, MD", "gastroenterology", DIGESTIVE, ("ru",), True),
    ("Amina Yusuf, MD", "dermatology", BLOOMINGTON, ("so", "ar"), None),
)
SPECIALISTS = tuple(
    Specialist(name, specialty, office, npi(serial), languages, accepts)
    for serial, (name, specialty, office, languages, accepts) in enumerate(_WHO, 201)
)
LANGUAGES = {  # of clinicians whom practices.py names
    "Ngozi Okafor": ("fr",),
    "Lionel Vance": ("es",),
    "Teresa Molina": ("es",),
    "Linh Tran": ("vi",),
    "Elena Petrova": ("ru",),
    "Yesenia Campos": ("es",),
}

# How the last faxes to each office went, the oldest first: a point is one that arrived.
FAXES = {
    LAKESIDE_PRACTICE: "..........",
    PRAIRIE_PRACTICE: ".......x..",
    SANGAMON: "x.x..",
    CAPITAL: "...x......",
    RIVERTON: ".....",
    CAPITAL_HEART: "........",
    MACON_KIDNEY: ".x..",
    DIGESTIVE: "...",
    BLOOMINGTON: "..xxx",
}
NETWORKS = {  # the payers whose plans pay there in full, who is in, and who is known to be out
    "Heritage network": (("HRT01", "HRT0A"), (LAKESIDE_PRACTICE, CAPITAL_HEART, DIGESTIVE), (MACON_KIDNEY,)),
    "Prairie Mutual network": (("PRM22",), (LAKESIDE_PRACTICE, MACON_KIDNEY, HALVORSEN), (CAPITAL_HEART,)),
    "Summit network": (("SMT33",), (MACON_KIDNEY, CAPITAL_HEART), (LAKESIDE_PRACTICE,)),
}
CRITERIA = (  # specialty, what must come, the kind of paper, whose wish it is (None: all offices)
    ("cardiology", "Recent ECG", "record", None),
    ("nephrology", "Creatinine and eGFR of the last 3 months", "record", None),
    ("orthopedics", "X-ray report", "record", None),
    ("gastroenterology", "List of medicines", "record", DIGESTIVE),
)
