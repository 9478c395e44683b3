"""Who is who: whether two records are of one person. Pure: no database, settings or clock.

`compare` answers for two people and says why (`compare_with` for one and many); `link` answers for all pairs
of a file and learns from it; `keys_of` gives the keys under which likely pairs are found. Nothing here merges
anybody: an answer is "same", "ask" or "different".
"""

from patients.matching.comparing import Agreement, Comparison, compare, compare_with
from patients.matching.keys import keys_of
from patients.matching.linking import Link, link
from patients.matching.parameters import Parameters
from patients.matching.person import Person

__all__ = [
    "Agreement",
    "Comparison",
    "Link",
    "Parameters",
    "Person",
    "compare",
    "compare_with",
    "keys_of",
    "link",
]
