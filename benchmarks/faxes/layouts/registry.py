"""How a layout is made known: a decorator over the one function that draws it.

@sheet(weight=3)
def my_layout(page: Page, case: Case) -> None:
    page.pairs([("Patient", last_first(case)), ("DOB", born(case))])
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.faxes.cases import Case
from benchmarks.faxes.page import Page

DrawSheet = Callable[[Page, Case], None]
DrawPacket = Callable[[Case, Random], list[Page]]


Fits = Callable[[Case], bool]

DOC_CLASSES = (
    "referral",
    "prior_auth",
    "consult_report",
    "lab_result",
    "records_request",
    "order",
    "confirmation",
    "junk",
    "blank",
)


def anyone(case: Case) -> bool:
    """Every case can come in most layouts."""
    return True


@dataclass(frozen=True)
class Layout:
    """A way to draw one document; `doc_class` is one of DOC_CLASSES."""

    name: str
    doc_class: str
    weight: float
    handwritten: bool
    draw: DrawPacket
    fits: Fits = anyone


Shelf = dict[str, Layout]

LAYOUTS: Shelf = {}
HELD_OUT: Shelf = {}  # by another hand and in other words, for measuring only


def sheet(
    *,
    weight: float,
    role: str = "referral",
    doc_class: str = "",
    family: str = "sans",
    landscape: bool = False,
    handwritten: bool = False,
    shelf: Shelf = LAYOUTS,
    fits: Fits = anyone,
) -> Callable[[DrawSheet], Layout]:
    """A layout of one page; the function gets an empty page. `doc_class` is the role when not given.

    `fits` says whose case can come in it.
    """

    def decorate(draw: DrawSheet) -> Layout:
        def draw_page(case: Case, rng: Random) -> list[Page]:
            page = Page(rng, role, family=family, landscape=landscape)
            draw(page, case)
            return [page]

        return _put(shelf, Layout(draw.__name__, doc_class or role, weight, handwritten, draw_page, fits))

    return decorate


def packet(
    *, weight: float, doc_class: str = "referral", handwritten: bool = False, shelf: Shelf = LAYOUTS
) -> Callable[[DrawPacket], Layout]:
    """A layout of several pages; the function makes them."""

    def decorate(draw: DrawPacket) -> Layout:
        return _put(shelf, Layout(draw.__name__, doc_class, weight, handwritten, draw))

    return decorate


def _put(shelf: Shelf, layout: Layout) -> Layout:
    shelf[layout.name] = layout
    return layout
