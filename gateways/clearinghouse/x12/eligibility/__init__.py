"""Eligibility: the 270 question and the 271 answer (005010X279A1)."""

from gateways.clearinghouse.x12.eligibility.answer import Benefit, EligibilityAnswer, Rejection
from gateways.clearinghouse.x12.eligibility.question import EligibilityQuestion, build_270, read_270
from gateways.clearinghouse.x12.eligibility.reading import read_271
from gateways.clearinghouse.x12.eligibility.response import build_271

__all__ = [
    "Benefit",
    "EligibilityAnswer",
    "EligibilityQuestion",
    "Rejection",
    "build_270",
    "build_271",
    "read_270",
    "read_271",
]
