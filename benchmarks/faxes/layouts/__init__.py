"""The layouts, one function each, by kind. Importing the package makes all of them known in LAYOUTS."""

from benchmarks.faxes.layouts import charts, forms, letters, orders, others, packets, tables
from benchmarks.faxes.layouts.registry import LAYOUTS, Layout

__all__ = ["LAYOUTS", "Layout", "charts", "forms", "letters", "orders", "others", "packets", "tables"]
