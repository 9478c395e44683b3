"""Everything on a page that could be a value of some kind."""

from datetime import date

from intake.extraction import anywhere, labelled, tagged
from intake.extraction.candidate import FULL_PROOF, Candidate
from intake.extraction.labels import Labels
from intake.extraction.tagging import Tags

KNOWN_NAMES = ("payer", "specialty")


def find(labels: Labels, tags: Tags, *, latest: date) -> list[Candidate]:
    """One candidate for each kind, value and place; of two, the one that was found from a label.

    A piece of a known name ("Medical Equipment") gives way to the whole of it.
    """
    kept: dict[tuple[str, str, int, int], Candidate] = {}
    for candidate in [
        *labelled.find(labels),
        *tagged.find(labels.layout, tags),
        *anywhere.find(labels.layout, latest),
    ]:
        kept.setdefault((candidate.kind, candidate.value, candidate.left, candidate.top), candidate)
    known = [c for c in kept.values() if c.proof == FULL_PROOF and c.kind in KNOWN_NAMES]
    return [c for c in kept.values() if not any(_is_piece_of(c, whole) for whole in known)]


def _is_piece_of(candidate: Candidate, whole: Candidate) -> bool:
    shared = candidate.kind == whole.kind and set(candidate.tokens) & set(whole.tokens)
    return bool(shared) and len(candidate.tokens) < len(whole.tokens)
