"""What goes into the reader and what comes out: plain values, no database and no picture library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class WordOnPage(Protocol):
    """One word in pixels of its page's picture; confidence 0 to 1."""

    @property
    def text(self) -> str:
        """As read."""
        ...

    @property
    def x(self) -> int:
        """Left edge."""
        ...

    @property
    def y(self) -> int:
        """Upper edge."""
        ...

    @property
    def width(self) -> int:
        """Pixels across."""
        ...

    @property
    def height(self) -> int:
        """Pixels down."""
        ...

    @property
    def confidence(self) -> float:
        """0 to 1, the engine's own."""
        ...


class PageText(Protocol):
    """One upright page: its words, and its picture (PNG), which is looked at for ticked boxes only."""

    @property
    def number(self) -> int:
        """From 1."""
        ...

    @property
    def width(self) -> int:
        """Pixels across."""
        ...

    @property
    def height(self) -> int:
        """Pixels down."""
        ...

    @property
    def words(self) -> Sequence[WordOnPage]:
        """In any order."""
        ...

    @property
    def image(self) -> bytes:
        """A PNG."""
        ...


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in pixels of its picture."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReadField:
    """One value and where it stands. `value` is normal form (ISO dates, ten digits), or several codes;
    `display` is how a person writes it; `why` is empty or says in a clerk's words what to look at."""

    key: str
    value: str | tuple[str, ...]
    display: str
    confidence: float
    page: int
    box: Box | None
    why: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One paper within the fax: a class of `roles.DOCUMENT_CLASSES`, its pages, and its fields."""

    doc_class: str
    page_from: int
    page_to: int
    fields: tuple[ReadField, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one fax; `page_roles[i]` is what page i+1 is."""

    documents: tuple[ReadDocument, ...]
    page_roles: tuple[str, ...]
