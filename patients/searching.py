"""The keys by which a patient is found, and how like a name is to what was typed. Pure.

A key is a kind, a colon and a normalised value. Names are found by their beginning (`n`), sound (`s`,
Philips's Metaphone without glides) and without their first letter (`d`), so that one slip in a name still
finds it; two names of one person together (`p`: how the one begins, and the other), since a million people
hold thousands of Marias and of Smiths but few Maria Smiths; telephones by their last figures (`t`, reversed,
so that an end is a beginning); other numbers whole (`i`).
"""

from collections.abc import Iterable, Sequence
from itertools import permutations, product

import jellyfish
from rapidfuzz.distance import JaroWinkler

from organizations.names import name_key

NAME, SOUND, BEHEADED, PAIR, PHONE, NUMBER = "n", "s", "d", "p", "t", "i"
LONGEST = 60  # characters of a value
NATIONAL = 10  # figures of a number without its country
BEGUN = 2  # letters of the one name in a pair
PAIRED = 6  # names of a person that are paired
TO_BEHEAD = 4  # letters from which the first may be a slip
ALIKE = 0.86  # likeness (Jaro-Winkler) from which a typed name may be meant
BEGINS, OTHER_FIRST_LETTER = 0.97, 0.9
AS_ONE = str.maketrans({"0": "T", "W": "", "Y": "", "H": ""})  # glides, and "th" that some write "t"


def name_words(*names: str) -> list[str]:
    """The words of a name, normalised, each once and in order."""
    return list(dict.fromkeys(name_key(*names).split()))


def keys_of(*, names: Iterable[str], phones: Iterable[str] = (), numbers: Iterable[str] = ()) -> set[str]:
    """Every key of one patient."""
    words = [word[:LONGEST] for word in name_words(*names)]
    keys = {f"{NAME}:{word}" for word in words}
    keys |= {sounding(word) for word in words}
    keys |= {f"{BEHEADED}:{word[1:]}" for word in words if len(word) >= TO_BEHEAD}
    keys |= {paired(one, other) for one, other in permutations(words[:PAIRED], 2) if len(one) >= BEGUN}
    keys |= {phone_ending(phone) for phone in phones if _figures(phone)}
    return keys | {numbered(number) for number in numbers if number}


def beginning(word: str) -> str:
    """The key with which every name that begins like this begins."""
    return f"{NAME}:{word[:LONGEST]}"


def paired(one: str, other: str) -> str:
    """The key with which all pairs begin of a name that begins like `one` and a name like `other`."""
    return f"{PAIR}:{one[:BEGUN]} {other[:LONGEST]}"


def is_vague(words: Sequence[str]) -> bool:
    """Whether these are initials alone, which thousands share."""
    return len(words) > 1 and all(len(word) < BEGUN for word in words)


def sounding(word: str) -> str:
    """The key of all names that sound like this one, whatever the order of its sounds; of figures, these."""
    spoken = jellyfish.metaphone(word)
    if not spoken:
        return f"{SOUND}:{word}"
    return f"{SOUND}:{spoken[0]}{''.join(sorted(spoken[1:].translate(AS_ONE)))}"


def beheaded(word: str) -> list[str]:
    """The keys of names that differ in their first letter only."""
    return [f"{BEHEADED}:{word[1:]}"] if len(word) >= TO_BEHEAD else []


def phone_ending(figures: str) -> str:
    """The key with which every telephone with this end begins."""
    return f"{PHONE}:{_figures(figures)[::-1][:NATIONAL]}"


def numbered(number: str) -> str:
    """The key of a number that somebody else gave."""
    return f"{NUMBER}:{''.join(c for c in number.upper() if c.isalnum())[:LONGEST]}"


def likeness(typed: Sequence[str], names: Sequence[str]) -> float:
    """How well each typed word is found among the names, 0 to 1; a whole word counts more than a beginning.

    Each name serves one typed word. The worst word decides whether it is one: 0 when it fits nothing.
    """
    free, total = list(names), 0.0
    pairs = sorted(((_like(word, name), word, name) for word, name in product(typed, names)), reverse=True)
    left = list(typed)
    for like, word, name in pairs:
        if word in left and name in free and like >= ALIKE:
            left.remove(word)
            free.remove(name)
            total += like
    return 0.0 if left else total / len(typed)


def _like(word: str, name: str) -> float:
    if name == word:
        return 1.0
    if name.startswith(word):
        return BEGINS
    if word[1:] == name[1:] and len(word) >= TO_BEHEAD:
        return OTHER_FIRST_LETTER
    near = JaroWinkler.similarity(word, name)
    return max(near, ALIKE) if sounding(word) == sounding(name) else near


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())
