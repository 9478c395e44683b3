"""The layouts, one function each, by kind. Importing the package makes all known ones known in LAYOUTS."""

from benchmarks.faxes.layouts import (
    charts,
    clinics,
    dense,
    fields_of_care,
    forms,
    letters,
    not_referrals,
    orders,
    others,
    packets,
    tables,
)
from benchmarks.faxes.layouts.registry import LAYOUTS, Layout

__all__ = [
    "LAYOUTS",
    "Layout",
    "charts",
    "clinics",
    "dense",
    "fields_of_care",
    "forms",
    "letters",
    "not_referrals",
    "orders",
    "others",
    "packets",
    "tables",
]
