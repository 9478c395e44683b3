"""Random choices that can keep some wordings aside, so that a reader is judged on words it never learned."""

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")
ASIDE_SHARE = 8  # one wording in so many is kept aside
FEWEST_TO_SPLIT = 7  # shorter lists are used whole
OFTEN_ASIDE = 0.7  # how often an aside page takes a wording that was kept aside


class Dice(Random):
    """Seeded random numbers; `aside` pages use the wordings that training pages never use."""

    def __init__(self, seed: int | str, *, aside: bool = False) -> None:
        super().__init__(seed)
        self.aside = aside

    def chance(self, share: float) -> bool:
        """True in that share of calls."""
        return self.random() < share

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(self.choices("0123456789", k=count))

    def letters(self, count: int) -> str:
        """So many capital letters."""
        return "".join(self.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=count))

    def one(self, *options: T) -> T:
        """One of the arguments."""
        return self.choice(options)

    def wording(self, words: Sequence[str]) -> str:
        """One of the words, of those that may be used here."""
        usual, kept = split(tuple(words))
        return self.choice(kept if kept and self.aside and self.chance(OFTEN_ASIDE) else usual)


@lru_cache(maxsize=1024)
def split(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for training, and those kept aside. A word always falls on the same side."""
    if len(set(words)) < FEWEST_TO_SPLIT:
        return words, ()
    kept = tuple(word for word in words if crc32(word.encode()) % ASIDE_SHARE == 0)
    return tuple(word for word in words if word not in kept), kept
