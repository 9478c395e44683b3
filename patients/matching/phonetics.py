"""How a name sounds, roughly: Soundex (Russell, 1918; as the US census coded it), on letters only."""

from functools import cache

CODES = {
    letter: code
    for code, letters in enumerate(["bfpv", "cgjkqsxz", "dt", "l", "mn", "r"], 1)
    for letter in letters
}
LENGTH = 4


@cache
def soundex(name: str) -> str:
    """The letter and three digits of a lower-case name: "robert" and "rupert" are "r163"."""
    letters = [letter for letter in name if "a" <= letter <= "z"]
    if not letters:
        return ""
    digits, last = "", CODES.get(letters[0])
    for letter in letters[1:]:
        code = CODES.get(letter)
        if code and code != last:
            digits += str(code)
        if letter not in "hw":
            last = code
    return (letters[0] + digits + "000")[:LENGTH]
