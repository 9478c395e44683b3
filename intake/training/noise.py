"""What OCR does to a page: confused letters, broken and joined words, lost words, specks, skew."""

from intake.extraction.roles_of_words import FIELDS
from intake.training.canvas import Canvas, Word
from intake.training.dice import Dice
from intake.training.tables import table

CONFUSED = {
    "0": "Oo8U", "O": "0Q", "1": "lI|7", "l": "1I|", "I": "l1|", "5": "S6", "S": "5s", "8": "B3", "B": "8",
    "2": "Z7", "6": "G5", "9": "4g", "3": "8", "4": "a1", "e": "co", "c": "e", "a": "o", "n": "r", "m": "n",
    "r": "n", "u": "v", "h": "b", "t": "r", "i": "j", ".": ",", ",": ".", ":": ".", "-": "~", "/": "7",
    "'": "\u2019", "M": "N", "D": "O", "g": "q",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPECKS = ("|", "_", "—", ".", "co", "ii", "__", "~", "=", "[", "]", "l", "i", "-")
BY_HAND = (0.05, 0.15, 0.3, 0.5)
LEVELS, LEVEL_WEIGHTS = (0.001, 0.006, 0.02, 0.05, 0.09, 0.14), (24, 26, 20, 14, 10, 6)
LABELS_LOST, CUT_SHORT = (0, 0, 0, 0.04, 0.15), 0.25
DEAF = 0.62  # ems; smaller print is read worse


def read(sheet: Canvas) -> list[Word]:
    """The words of a page as an OCR engine would give them."""
    dice = sheet.dice
    words = [*sheet.words, *(_smears(sheet) if dice.chance(0.12) and sheet.words else [])]
    shouting = dice.chance(0.06)
    level = dice.choices(LEVELS, LEVEL_WEIGHTS)[0]
    skew, stretch, shift = dice.gauss(0, 0.0015), dice.uniform(0.92, 1.04), dice.uniform(-45, 45)
    labels_lost = dice.choice(LABELS_LOST)
    found: list[Word] = []
    for word in words:
        if word.role == "label" and dice.random() < labels_lost:
            continue
        small = word.y1 - word.y0 < sheet.em * DEAF
        noise = min(0.22, level * 3 + 0.012) if small else level
        if dice.random() < noise * 0.7:
            continue
        if sheet.by_hand and word.role in FIELDS:
            noise = dice.choice(BY_HAND)
        text = _misread(dice, word.text.upper() if shouting else word.text, noise)
        if text:
            _add(dice, found, _moved(dice, word, text, skew, stretch, shift, noise), noise)
    return found


def _misread(dice: Dice, text: str, noise: float) -> str:
    letters = []
    if dice.random() < noise * CUT_SHORT and len(text) > 3:
        text = dice.one(text[1:], text[2:], text[:-1])
    for letter in text:
        if dice.random() < noise * (1.2 if letter.isdigit() else 0.8):
            letters.append(dice.choice(CONFUSED.get(letter, LETTERS)) if dice.chance(0.85) else "")
        else:
            letters.append(letter)
    return "".join(letters)


def _moved(
    dice: Dice, word: Word, text: str, skew: float, stretch: float, shift: float, noise: float
) -> Word:
    x0, x1 = word.x0 * stretch + shift, word.x1 * stretch + shift
    down = skew * (x0 - 864)
    sure = dice.gauss(0.955, 0.01) if dice.random() > noise * 5 + 0.03 else dice.uniform(0.2, 0.95)
    sure -= dice.uniform(0, 0.45) if text != word.text else 0

    def jitter() -> float:
        return dice.gauss(0, 1.2)

    return Word(
        text,
        word.role,
        x0 + jitter(),
        word.y0 + down + jitter(),
        x1 + jitter(),
        word.y1 + down + jitter(),
        max(0.06, min(0.97, sure)),
    )


def _add(dice: Dice, found: list[Word], word: Word, noise: float) -> None:
    before = found[-1] if found else None
    if dice.random() < noise * 0.5 and len(word.text) > 5:
        found += _broken(dice, word)
        return
    beside = before is not None and abs(before.y0 - word.y0) < 6 and 0 < word.x0 - before.x1 < 30
    if before and beside and before.role == word.role and dice.random() < noise * 0.4:
        before.text, before.x1 = before.text + word.text, word.x1
        return
    found.append(word)
    if dice.random() < noise * 0.5:
        found.append(
            Word(
                dice.choice(SPECKS), "", word.x1 + 3, word.y0, word.x1 + 15, word.y1, dice.uniform(0.06, 0.7)
            )
        )


def _broken(dice: Dice, word: Word) -> list[Word]:
    at = dice.randrange(2, len(word.text) - 1)
    middle = word.x0 + (word.x1 - word.x0) * at / len(word.text)
    sides = ((word.text[:at], word.x0, middle - 2), (word.text[at:], middle + 2, word.x1))
    return [Word(text, word.role, x0, word.y0, x1, word.y1, word.confidence) for text, x0, x1 in sides]


def _smears(sheet: Canvas) -> list[Word]:
    """Rules, stamps and dirt that were read as words."""
    dice, smears = sheet.dice, []
    for _ in range(dice.randrange(1, 4)):
        y = dice.choice(sheet.words).y0 + sheet.em * dice.uniform(0.9, 1.3)
        for place in range(dice.randrange(3, 14)):
            smears.append(
                Word(
                    dice.choice(table("words")["smears"]),
                    "",
                    100 + place * 90,
                    y,
                    160 + place * 90,
                    y + sheet.em * 0.6,
                )
            )
    return smears
