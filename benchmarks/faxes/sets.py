"""Which faxes a set holds: how often each layout, damage and mishap occurs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.faxes.cases import Case, make_case
from benchmarks.faxes.heldout.people import heldout_case
from benchmarks.faxes.layouts import LAYOUTS
from benchmarks.faxes.layouts.heldout import HELD_OUT
from benchmarks.faxes.layouts.registry import Layout, Shelf
from benchmarks.faxes.sending import Sending


@dataclass(frozen=True)
class Mixture:
    """Weights of the damage levels, and shares of fine resolution and of mishaps."""

    levels: dict[str, int]
    fine: float
    upside_down: float
    two_referrals: float
    handwriting: bool


MIXTURES = {
    "all": Mixture(
        {"clean": 30, "moderate": 42, "bad": 20, "awful": 8},
        fine=0.75,
        upside_down=0.1,
        two_referrals=0.12,
        handwriting=True,
    ),
    "clean": Mixture(
        {"clean": 70, "moderate": 30}, fine=1, upside_down=0, two_referrals=0.05, handwriting=False
    ),
}
MIXTURES["held-out"] = MIXTURES["all"]


@dataclass(frozen=True)
class Source:
    """Where a set's layouts and cases come from; a second referral is one page, upright and printed."""

    layouts: Shelf
    make_case: Callable[[Random, date], Case]
    second_referrals: tuple[str, ...]


KNOWN = Source(
    LAYOUTS,
    make_case,
    (
        "epic",
        "athena",
        "ecw",
        "box_form",
        "two_col",
        "free_letter",
        "dense_cells",
        "portal",
        "snapshot",
        "side_column",
    ),
)
UNSEEN = Source(
    HELD_OUT,
    heldout_case,
    (
        "memo",
        "under_lines",
        "tiny_grid",
        "portal_print",
        "summary",
        "line_printer",
        "requisition",
        "side_bar",
        "soap_note",
        "doctor_letter",
        "family_letter",
        "federal_consult",
    ),
)


def sendings(set_name: str, n: int, seed: int, until: date) -> Iterator[tuple[Sending, Random]]:
    """The first n faxes of a set, each with its random numbers; every layout once, then by weight."""
    mixture, source = MIXTURES[set_name], UNSEEN if set_name == "held-out" else KNOWN
    layouts = [layout for layout in source.layouts.values() if mixture.handwriting or not layout.handwritten]
    for place in range(n):
        rng = Random(f"{set_name}-{seed}-{place}")
        chosen = rng.choices(layouts, [layout.weight for layout in layouts])[0]
        layout = layouts[place] if place < len(layouts) else chosen
        sending = _sending(rng, mixture, source, layout=layout, until=until)
        yield replace(sending, fax_id=f"{set_name}-{place:04d}", set_name=set_name, seed=seed), rng


def _sending(rng: Random, mixture: Mixture, source: Source, *, layout: Layout, until: date) -> Sending:
    first = _case(rng, source, layout, until)
    documents = [(layout, first)]
    if layout.name in source.second_referrals and rng.random() < mixture.two_referrals:
        other = source.layouts[rng.choice(source.second_referrals)]
        documents.append((other, _same_sender(source.make_case(rng, until), first)))
    return Sending(
        fax_id="",
        set_name="",
        seed=0,
        documents=tuple(documents),
        level=rng.choices(list(mixture.levels), list(mixture.levels.values()))[0],
        fine=rng.random() < mixture.fine,
        upside_down=rng.random() < mixture.upside_down,
    )


def _case(rng: Random, source: Source, layout: Layout, until: date) -> Case:
    while not layout.fits(case := source.make_case(rng, until)):
        pass
    return case


def _same_sender(case: Case, first: Case) -> Case:
    return replace(case, referrer=first.referrer, written_on=first.written_on)
