"""Where the pages of an arrival are cut into papers, and what a person may do at each place."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.models import Reading, Rearrangement
from intake.reviewing import Picture


@dataclass(frozen=True)
class Cut:
    """What can be done before a page: "split" the paper there, or "join" it to the one before."""

    kind: str
    at_page: int


@dataclass(frozen=True)
class Leaf:
    """One page in the strip of pages."""

    picture: Picture
    paper: int  # from 1; 0 when the page belongs to none
    begins: bool  # whether its paper begins here, when there are several
    fate: str  # what became of its paper
    is_shown: bool
    is_before: bool  # right before the page shown
    is_after: bool
    is_elsewhere: bool  # of another open paper: looking at it changes the form as well
    cut: Cut | None


def leaves(
    papers: Sequence[Reading], pictures: Sequence[Picture], shown: int, current: Reading | None
) -> list[Leaf]:
    """The pages in order, each with its paper and what may be done before it."""
    return [_leaf(papers, picture, shown, current) for picture in pictures]


def _leaf(papers: Sequence[Reading], picture: Picture, shown: int, current: Reading | None) -> Leaf:
    number = picture.number
    paper = _holding(papers, number)
    return Leaf(
        picture=picture,
        paper=papers.index(paper) + 1 if paper else 0,
        begins=paper is not None and len(papers) > 1 and paper.first_page == number,
        fate=paper.get_outcome_display() if paper and paper.handled_at else "",
        is_shown=number == shown,
        is_before=number == shown - 1,
        is_after=number == shown + 1,
        is_elsewhere=paper is not None and paper != current and paper.handled_at is None,
        cut=cut_at(papers, number),
    )


def cut_at(papers: Sequence[Reading], page: int) -> Cut | None:
    """What may be done before this page; nothing where a paper was decided about."""
    if not papers:
        return Cut("split", page) if page > 1 else None
    here, before = _holding(papers, page), _holding(papers, page - 1)
    if here is None or before is None or here.handled_at or before.handled_at:
        return None
    return Cut("split" if here == before else "join", page)


def _holding(papers: Sequence[Reading], page: int) -> Reading | None:
    return next((one for one in papers if one.first_page <= page <= one.last_page), None)


def undoable(papers: Sequence[Reading]) -> Rearrangement | None:
    """The last change of the papers, while nobody has decided about one that it made."""
    changes = [one.made_by for one in papers if one.made_by is not None]
    last = max(changes, key=lambda change: (change.made_at, change.pk), default=None)
    decided = any(one.handled_at for one in papers if last is not None and one.made_by_id == last.pk)
    return None if decided else last
