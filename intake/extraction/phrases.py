"""What a phrase means as a label, word for word or but for an OCR slip."""

from collections import defaultdict
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from intake.extraction.text import plain
from intake.extraction.vocabulary import label_meanings

SHORTEST = 7  # letters; shorter phrases must match exactly
LIKENESS = 83  # of 100, of the whole phrase
LIKENESS_OF_WORD = 60  # and of each of its words
SLIPS = {"1d": "id", "ld": "id", "1cd": "icd", "lcd": "icd", "0ob": "dob"}  # I and O read as digits

Meaning = tuple[str, bool]  # what the label asks for; whether the phrase is ambiguous


def phrase_of(text: str) -> str:
    """The words of a text as they are looked up."""
    return " ".join(SLIPS.get(word, word) for word in plain(text).split())


def exactly(phrase: str) -> Meaning | None:
    """The meaning of the label that this phrase is."""
    return label_meanings().get(phrase)


@lru_cache(maxsize=4096)
def nearly(phrase: str) -> Meaning | None:
    """The meaning of the label of as many words that this phrase nearly is."""
    if len(phrase) < SHORTEST or any(map(str.isdigit, phrase)):
        return None
    known = _long_phrases().get(phrase.count(" "), [])
    near = process.extractOne(phrase, known, scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return label_meanings()[near[0]] if near and _word_by_word(phrase, near[0]) else None


def _word_by_word(phrase: str, known: str) -> bool:
    pairs = zip(phrase.split(), known.split(), strict=True)
    return all(fuzz.ratio(*pair) >= LIKENESS_OF_WORD for pair in pairs)


@cache
def _long_phrases() -> dict[int, list[str]]:
    """The longer label phrases by their number of spaces."""
    phrases: dict[int, list[str]] = defaultdict(list)
    for phrase in label_meanings():
        if len(phrase) >= SHORTEST:
            phrases[phrase.count(" ")].append(phrase)
    return phrases
