"""The worklist's address: which view, which filters, from which row on. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.utils.dateparse import parse_datetime

from referrals.queries import Choice, Filters, Place

LABELS = {"specialty": "Specialty", "payer": "Payer", "owner": "Owner"}
NO_DATE = "none"


@dataclass(frozen=True)
class Option:
    """One entry of a filter's menu."""

    label: str
    address: str


@dataclass(frozen=True)
class Menu:
    """One filter: what is chosen with the address without it, else what may be chosen."""

    name: str
    label: str
    chosen: str
    without: str
    options: list[Option]


def read(given: Mapping[str, str]) -> Filters:
    """The filters in an address; one that is no id is left out."""
    return Filters(**{name: value for name in LABELS if (value := _id(given.get(name, "")))})


def address(view: str, filters: Filters, after: Place | None = None) -> str:
    """The query string of a view, its filters and the place where a page begins."""
    chosen = {name: getattr(filters, name) for name in LABELS}
    place = f"{after.at.isoformat() if after.at else NO_DATE},{after.id}" if after else ""
    return "?" + urlencode({k: v for k, v in {"view": view, **chosen, "after": place}.items() if v})


def place(written: str) -> Place | None:
    """The place in an address; None for none, or for one that somebody made up."""
    at, _, identity = written.partition(",")
    try:
        moment = None if at == NO_DATE else parse_datetime(at)
        found = Place(moment, UUID(identity))
    except ValueError:
        return None
    is_whole = at == NO_DATE or (moment is not None and moment.tzinfo is not None)
    return found if is_whole else None


def menus(view: str, filters: Filters, choices: Iterable[Choice]) -> list[Menu]:
    """The filters as drawn above the list."""
    known = list(choices)
    return [_menu(name, view, filters, [c for c in known if c.filter == name]) for name in LABELS]


def _menu(name: str, view: str, filters: Filters, choices: list[Choice]) -> Menu:
    chosen = next((c.label for c in choices if str(c.id) == getattr(filters, name)), "")
    options = [Option(c.label, address(view, replace(filters, **{name: str(c.id)}))) for c in choices]
    return Menu(name, LABELS[name], chosen, address(view, replace(filters, **{name: ""})), options)


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
