"""Files in the layout of the NPI registry's monthly download. The people are invented, the same each time."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from providers.npi import is_npi

GIVEN = (
    "JAMES",
    "MARIA",
    "ANH",
    "FATIMA",
    "JOHN",
    "OLUWASEUN",
    "MEI",
    "DAVID",
    "SOFIA",
    "PRIYA",
    "LENA",
    "OMAR",
)
FAMILY = ("OKAFOR", "NGUYEN", "O'NEIL", "DELGADO-RUIZ", "SMITH", "PATEL", "LINDQVIST", "KIM", "HAYES", "ABDI")
PLACES = (
    ("SPRINGFIELD", "IL", "62701"),
    ("DAYTON", "OH", "45402"),
    ("EL PASO", "TX", "79901"),
    ("RENO", "NV", "89501"),
)
CODES = ("207Q00000X", "207RC0000X", "207X00000X", "363LF0000X", "225100000X", "207RN0300X", "2084N0400X")
HEADING = (
    ["NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)"]
    + ["Provider Organization Name (Legal Business Name)", "Provider Last Name (Legal Name)"]
    + [
        "Provider First Name",
        "Provider Middle Name",
        "Provider Name Prefix Text",
        "Provider Name Suffix Text",
    ]
    + ["Provider Credential Text", "Provider Other Organization Name"]
    + [f"Provider Other Detail {number}" for number in range(8)]
    + ["Provider First Line Business Mailing Address", "Provider Second Line Business Mailing Address"]
    + [f"Provider Business Mailing Address {part}" for part in ("City Name", "State Name", "Postal Code")]
    + ["Provider Business Mailing Address Telephone Number", "Provider Business Mailing Address Fax Number"]
    + ["Provider First Line Business Practice Location Address"]
    + ["Provider Second Line Business Practice Location Address"]
    + [
        f"Provider Business Practice Location Address {part}"
        for part in (
            "City Name",
            "State Name",
            "Postal Code",
            "Country Code (If outside U.S.)",
            "Telephone Number",
            "Fax Number",
        )
    ]
    + ["Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code"]
    + ["NPI Deactivation Date", "NPI Reactivation Date", "Provider Gender Code"]
    + [
        f"{name}_{number}"
        for number in range(1, 16)
        for name in (
            "Healthcare Provider Taxonomy Code",
            "Provider License Number",
            "Provider License Number State Code",
            "Healthcare Provider Primary Taxonomy Switch",
        )
    ]
    + [
        f"Other Provider Identifier{part}_{number}"
        for number in range(1, 51)
        for part in ("", " Type Code", " State", " Issuer")
    ]
    + ["Is Sole Proprietor", "Is Organization Subpart", "Certification Date"]
)
FIRST_NPI = 100_000_000
FROM = date(2006, 1, 1)


def npi(serial: int) -> str:
    """The serial-th number with a right check digit."""
    nine = str(FIRST_NPI + serial)
    return next(nine + digit for digit in "0123456789" if is_npi(nine + digit))


def write(path: Path, *, rows: int, seed: int = 1) -> None:
    """Write a file of so many rows: three people to one organization, one in fifty deactivated."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        out.writerow(HEADING)
        out.writerows(_rows(rows, random.Random(seed)))


def _rows(count: int, rng: random.Random) -> Iterator[list[str]]:
    columns = {name: place for place, name in enumerate(HEADING)}
    for serial in range(count):
        row = [""] * len(HEADING)
        facts = {"NPI": npi(serial)} | (_gone(rng) if serial % 50 == 49 else _facts(serial, rng))
        for name, value in facts.items():
            row[columns[name]] = value
        yield row


def _gone(rng: random.Random) -> dict[str, str]:
    return {"NPI Deactivation Date": _day(rng)}


def _facts(serial: int, rng: random.Random) -> dict[str, str]:
    city, state, postal_code = rng.choice(PLACES)
    place = "Provider Business Practice Location Address "
    return _who(serial, rng) | {
        "Provider First Line Business Practice Location Address": f"{rng.randint(1, 9999)} MAIN ST",
        f"{place}City Name": city,
        f"{place}State Name": state,
        f"{place}Postal Code": f"{postal_code}{rng.randint(1000, 9999)}",
        f"{place}Telephone Number": f"217555{rng.randint(100, 199):04d}",
        f"{place}Fax Number": f"217555{rng.randint(100, 199):04d}",
        "Last Update Date": _day(rng),
        "Healthcare Provider Taxonomy Code_1": rng.choice(CODES),
        "Healthcare Provider Primary Taxonomy Switch_1": "N",
        "Healthcare Provider Taxonomy Code_2": rng.choice(CODES),
        "Healthcare Provider Primary Taxonomy Switch_2": "Y",
    }


def _who(serial: int, rng: random.Random) -> dict[str, str]:
    if serial % 4 == 3:
        name = f"{rng.choice(FAMILY)} CLINIC, LLC"
        return {"Entity Type Code": "2", "Provider Organization Name (Legal Business Name)": name}
    return {
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": rng.choice(FAMILY),
        "Provider First Name": rng.choice(GIVEN),
        "Provider Credential Text": rng.choice(("M.D.", "DO", "NP", "PA-C")),
    }


def _day(rng: random.Random) -> str:
    return f"{FROM + timedelta(days=rng.randrange(7000)):%m/%d/%Y}"
