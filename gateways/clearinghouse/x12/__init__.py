"""The X12 005010 codec of ReferralHub: pure functions from text to values and back."""

from gateways.clearinghouse.x12.delimiters import Delimiters, NotX12, Oddity
from gateways.clearinghouse.x12.describing import describe
from gateways.clearinghouse.x12.reader import Interchange, Transaction, read

__all__ = ["Delimiters", "Interchange", "NotX12", "Oddity", "Transaction", "describe", "read"]
