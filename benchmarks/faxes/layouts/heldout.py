"""The held-out layouts. Importing this makes them known in HELD_OUT; no known layout may import it."""

from benchmarks.faxes.layouts import (
    heldout_forms,
    heldout_letters,
    heldout_orders,
    heldout_others,
    heldout_packets,
    heldout_printouts,
    heldout_public,
)
from benchmarks.faxes.layouts.registry import HELD_OUT

__all__ = [
    "HELD_OUT",
    "heldout_forms",
    "heldout_letters",
    "heldout_orders",
    "heldout_others",
    "heldout_packets",
    "heldout_printouts",
    "heldout_public",
]
