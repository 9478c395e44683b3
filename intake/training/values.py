"""Made-up values in the forms in which offices write them."""

from datetime import date, timedelta
from functools import cache

from faker.providers.person.en_US import Provider as American
from faker.providers.person.es_MX import Provider as Mexican

from intake.extraction.addresses import STATES
from intake.extraction.vocabulary import names
from intake.training.dice import Dice
from intake.training.tables import table
from providers.npi import is_npi

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def words(of: str) -> list[str]:
    """One of the lists that values are put together from."""
    found: list[str] = table("words")[of]
    return found


@cache
def _given() -> list[str]:
    return [*American.first_names, *Mexican.first_names]


@cache
def _family() -> list[str]:
    return [*American.last_names, *Mexican.last_names]


def made_up(dice: Dice) -> str:
    """A name that no list has."""
    return "".join(dice.choices(words("syllables"), k=dice.one(2, 2, 3))).title()


def given(dice: Dice) -> str:
    """A first name."""
    return dice.choice(_given()) if dice.chance(0.75) else made_up(dice)


def family(dice: Dice) -> str:
    """A last name."""
    name = dice.choice(_family()) if dice.chance(0.7) else made_up(dice)
    kind = dice.random()
    if kind < 0.06:
        return f"{name}-{dice.choice(_family())}"
    prefix = dice.one("De ", "Van ", "St. ", "Mc", "O'", "Del ", "De La ") if kind < 0.1 else ""
    return prefix + name


def npi(dice: Dice) -> str:
    """A number that checks."""
    head = dice.one("1", "1", "1", "2") + dice.digits(8)
    return next(head + last for last in "0123456789" if is_npi(head + last))


def phone(dice: Dice) -> str:
    """Ten digits that the numbering plan allows."""
    office = "555" if dice.chance(0.4) else str(dice.choice([n for n in range(212, 989) if n % 100 != 11]))
    area = str(dice.choice([n for n in range(201, 989) if n % 100 != 11]))
    return area + office + dice.digits(4)


def phone_text(digits: str, style: int) -> str:
    """A number as it is written."""
    a, b, c = digits[:3], digits[3:6], digits[6:]
    styles = (
        f"({a}) {b}-{c}",
        f"{a}-{b}-{c}",
        f"{a}.{b}.{c}",
        f"{a} {b} {c}",
        f"({a}){b}-{c}",
        f"1-{a}-{b}-{c}",
    )
    return (*styles, digits, f"{a}/{b}-{c}", f"+1 {a} {b} {c}")[style]


def day(dice: Dice, first: int, last: int) -> date:
    """A day from the first to the last year."""
    return date(first, 1, 1) + timedelta(days=dice.randrange((last - first + 1) * 365))


def day_text(on: date, style: int) -> str:
    """A date as it is written."""
    month = MONTHS[on.month - 1]
    return (
        f"{on:%m/%d/%Y}",
        f"{on.month}/{on.day}/{on.year}",
        f"{on:%m-%d-%Y}",
        f"{month} {on.day}, {on.year}",
        f"{on:%m/%d/%y}",
        f"{month[:3]} {on.day}, {on.year}",
        f"{on:%Y-%m-%d}",
        f"{on.day:02d}-{month[:3]}-{on.year}",
        f"{on:%m.%d.%Y}",
        f"{on.day} {month} {on.year}",
        f"{month[:3].upper()} {on.day:02d} {on.year}",
        f"{month} {on.day}{_ordinal(on.day)}, {on.year}",
        f"{on:%Y/%m/%d}",
        f"{on:%m / %d / %Y}",
        f"{on.month}-{on.day}-{on:%y}",
    )[style]


def _ordinal(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


def member_id(dice: Dice) -> str:
    """A member number of one of the payers' forms."""
    mbi = "".join(dice.letters(1) if kind == "A" else dice.digits(1) for kind in "0A00A00AA00")
    forms = (
        dice.letters(1) + dice.digits(8),
        dice.letters(3) + dice.digits(9),
        dice.digits(9),
        dice.digits(11),
        mbi,
        "W" + dice.digits(9),
        dice.letters(2) + dice.digits(7),
        dice.digits(10) + dice.letters(1),
        f"{dice.letters(3)}-{dice.digits(8)}",
        dice.digits(8) + "-0" + dice.digits(1),
        dice.letters(3) + dice.digits(3) + dice.letters(1) + dice.digits(5),
    )
    return dice.choice(forms)


def group_no(dice: Dice) -> str:
    """A group number."""
    head = dice.one("GRP", "TX", "NE", "G", "EMP", "HX", "GR-", "PL")
    return dice.one(
        dice.digits(dice.one(5, 6, 7)),
        head + dice.digits(5),
        f"{dice.digits(5)}-{dice.digits(3)}",
        dice.digits(8),
    )


def street(dice: Dice) -> str:
    """A house and its street, or a post box."""
    if dice.chance(0.08):
        return f"PO Box {dice.randrange(10, 9999)}"
    name = dice.choice(words("streets")) if dice.chance(0.6) else made_up(dice)
    way = f"{dice.one('', '', '', 'N ', 'S. ', 'West ', 'NE ')}{name} {dice.choice(words('ways'))}"
    flat = dice.one(
        "",
        "",
        "",
        f" Apt {dice.randrange(1, 90)}",
        f", Apt {dice.randrange(1, 40)}{dice.one('', 'B')}",
        f" #{dice.randrange(2, 40)}",
        f", Unit {dice.one('A', 'B', '3', '12')}",
        f", Suite {dice.randrange(1, 900)}",
    )
    return f"{dice.randrange(3, 19999)} {way}{flat}"


def city(dice: Dice) -> str:
    """A town."""
    if dice.chance(0.4):
        return dice.choice(words("cities"))
    return dice.one("", "San ", "Fort ", "New ", "East ", "Lake ", "Mount ", "Santa ", "El ") + made_up(dice)


def state_zip(dice: Dice) -> str:
    """State and ZIP."""
    return f"{dice.choice(sorted(STATES))} {dice.digits(5)}{dice.one('', '', '', '-' + dice.digits(4))}"


def address(dice: Dice) -> str:
    """A whole address on one line."""
    return f"{street(dice)}, {city(dice)}, {state_zip(dice)}"


def organisation(dice: Dice) -> str:
    """A practice or another company."""
    place = dice.choice(words("places")) if dice.chance(0.5) else made_up(dice)
    return f"{place} {dice.choice(words('practices'))}"


def payer(dice: Dice) -> str:
    """A payer: half are known ones."""
    if dice.chance(0.5):
        return dice.choice(names("payers"))
    if dice.chance(0.15):
        return (
            dice.one("UHC", "BCBS", "UMR", "BC/BS", "MCR", "MCD")
            if dice.chance(0.5)
            else dice.letters(dice.one(3, 4))
        )
    head = dice.choice(words("payer_heads")).format(
        n=dice.randrange(2, 900),
        city=dice.choice(words("cities")),
        state=dice.one("Ohio", "Texas", "Florida", "Oregon", "Georgia", "Maine"),
        syn=made_up(dice),
    )
    return (
        f"{head} {dice.choice(words('payer_tails'))}"
        if dice.chance(0.9)
        else f"{head}{dice.one('care', 'Health', 'First', ' of ' + dice.choice(words('cities')))}"
    )


def specialty(dice: Dice) -> str:
    """A specialty or service: most are known ones."""
    if dice.chance(0.5):
        return dice.choice(names("specialties"))
    if dice.chance(0.35):
        return dice.choice(words("short_specialties"))
    if dice.chance(0.25):
        second = dice.one(dice.choice(words("service_heads")).lower(), dice.choice(words("service_heads")))
        link = dice.choice(words("service_links"))
        first, tail = dice.choice(words("service_heads")), dice.choice(words("service_tails")).lower()
        return f"{first} {link} {second} {tail}"
    if dice.chance(0.3):
        for_whom = dice.one("Pediatric", "Adult", "Interventional", "General", "Outpatient", "Complex")
        return f"{for_whom} {dice.choice(names('specialties'))}"
    return f"{dice.choice(words('service_heads'))} {dice.choice(words('service_tails'))}"
