"""Made-up clinical words: coded diagnoses, reasons for a referral, filling sentences."""

import re
import warnings
from functools import cache
from importlib import import_module
from types import ModuleType

from intake.training import values
from intake.training.dice import Dice
from intake.training.tables import table

CHAPTERS = "ABCDEFGHIJKLMNORSZT"
SHORTEST_CODE = 3


def _words(of: str) -> list[str]:
    words: list[str] = table("words")[of]
    return words


@cache
def _classification() -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own way of reading its files is an old one
        return import_module("simple_icd_10_cm")


@cache
def codes() -> tuple[str, ...]:
    """Billable ICD-10-CM codes that a referral may carry."""
    known = _classification()
    every = (code for code in known.get_all_codes(True) if len(code) >= SHORTEST_CODE)
    return tuple(code for code in every if code[0] in CHAPTERS and known.is_leaf(code))


@cache
def meaning(code: str) -> str:
    """The words of a code, cut short as offices do."""
    words: str = _classification().get_description(code)
    return " ".join(words.split()[: (4, 6, 9, 12)[sum(map(ord, code)) % 4]])


def cpt(dice: Dice) -> str:
    """A code shaped like a CPT or HCPCS code."""
    return dice.one(
        dice.choice("123456789") + dice.digits(4),
        dice.one("9", "7", "2") + dice.digits(4),
        dice.one(*"EKAGJ") + dice.digits(4),
        "992" + dice.digits(2),
        "971" + dice.digits(2),
    )


def reason(dice: Dice) -> str:
    """Why a patient is sent."""
    symptom, before, ask = (
        dice.choice(_words("symptoms")),
        dice.choice(_words("courses")),
        dice.choice(_words("asks")),
    )
    if dice.chance(0.45):
        text = _brief(dice)
    elif dice.chance(0.45):
        text = _chained(dice)
    else:
        core = f"{before} {symptom}".strip()
        text = dice.one(
            f"{core}, {ask}",
            f"{core}, {ask}",
            f"{core} and {dice.choice(_words('symptoms'))}, {ask}",
            f"{ask} {core}",
            f"{core} {ask}",
            f"{core}; {ask}; {dice.choice(_words('asks'))}",
            f"{core} with {dice.choice(_words('symptoms'))}",
        )
    return text[0].upper() + text[1:]


def _brief(dice: Dice) -> str:
    """A note as clinicians jot it down; halves of two make a third."""
    first, second = (dice.wording(_words("briefs")) for _ in range(2))
    if dice.chance(0.4):
        return _renumbered(dice, first)
    halves = f"{first.split(',')[0]}, {second.split(',')[-1].strip()}"
    return _renumbered(dice, halves) + (f", {dice.choice(_words('asks'))}" if dice.chance(0.15) else "")


def _renumbered(dice: Dice, text: str) -> str:
    """Other numbers, so that none is learned by heart."""
    return re.sub(r"(?<![\w.])\d{1,2}(?![\w/])", lambda _: str(dice.randrange(2, 99)), text)


def _chained(dice: Dice) -> str:
    text = dice.one(_piece(dice), dice.choice(_words("symptoms")))
    for _ in range(dice.one(1, 1, 2, 3)):
        amount = (
            f"{dice.randrange(1, 99)} {dice.one('mm', 'cm', 'percent', 'weeks', 'months', 'mg', 'years')}"
        )
        text += f" {dice.choice(_words('joints'))} " + dice.one(
            _piece(dice), dice.choice(_words("symptoms")), dice.choice(_words("asks")), amount
        )
    return text.replace(" ,", ",")


def _piece(dice: Dice) -> str:
    words = [w.strip(",()[]") for w in meaning(dice.choice(codes())).split()]
    start = dice.randrange(max(1, len(words) - 2))
    return " ".join(word.lower() for word in words[start : start + dice.randrange(1, 6)])


def filler(dice: Dice, count: int) -> str:
    """So many sentences without a field's value."""
    return " ".join(fill(dice, dice.wording(table("prose")["filler"]["sentences"])) for _ in range(count))


def fill(dice: Dice, sentence: str) -> str:
    """A sentence with places for values that are nobody's field."""
    prose = table("prose")["filler"]
    while "{" in sentence:
        name = sentence[sentence.index("{") + 1 : sentence.index("}")]
        sentence = sentence.replace(f"{{{name}}}", _anything(dice, name, prose), 1)
    return sentence


def _anything(dice: Dice, name: str, prose: dict[str, list[str]]) -> str:
    code = dice.choice(codes())
    return {
        "day": lambda: values.day_text(values.day(dice, 2015, 2027), dice.one(0, 1, 3, 4, 5)),
        "year": lambda: str(dice.randrange(1998, 2027)),
        "n": lambda: str(dice.randrange(8, 220)),
        "med": lambda: dice.choice(prose["medicines"]),
        "first": lambda: values.given(dice),
        "lastn": lambda: values.family(dice),
        "phone": lambda: values.phone_text(values.phone(dice), dice.one(0, 1, 2, 5)),
        "npi": lambda: values.npi(dice),
        "org": lambda: values.organisation(dice),
        "dxw": lambda: meaning(code),
        "icdx": lambda: code,
        "icdw": lambda: f"{meaning(code)} ({code})",
    }[name]()
