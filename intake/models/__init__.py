"""The rows of intake: what arrives, what was read, the doors and their ledger, and the rules."""

from intake.models.arrival import (
    CLAIM_MINUTES,
    LINES,
    READ,
    STUCK_MINUTES,
    Arrival,
    ArrivalQuerySet,
    Page,
)
from intake.models.door import Delivery, FaxLine, LedgerDay
from intake.models.reading import FieldReading, Reading, ReadingQuerySet, Rearrangement
from intake.models.rules import ReviewRules, SenderLesson

__all__ = [
    "CLAIM_MINUTES",
    "LINES",
    "READ",
    "STUCK_MINUTES",
    "Arrival",
    "ArrivalQuerySet",
    "Delivery",
    "FaxLine",
    "FieldReading",
    "LedgerDay",
    "Page",
    "Reading",
    "ReadingQuerySet",
    "Rearrangement",
    "ReviewRules",
    "SenderLesson",
]
