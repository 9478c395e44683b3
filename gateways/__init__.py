"""Everything that crosses the wire: one package per kind of partner, and settings choose who answers.

Each package holds a port (a Protocol with frozen dataclasses), a sandbox that keeps its promise without a
network, and vendors that keep it with one. Callers know three kinds of trouble and no vendor's own.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any


class GatewayError(Exception):
    """The partner refused, and asking again will not help. The text is one plain sentence without PHI."""


class GatewayUnavailable(GatewayError):
    """The partner did nothing: it was out of reach or overloaded. Worth another try."""


class OutcomeUnknown(GatewayError):
    """The partner may have done it and the answer was lost. Never repeat it blindly: a person decides."""


@dataclass(frozen=True)
class Receipt:
    """The partner's own name for what it took, by which it is asked about later."""

    reference: str


@cache
def gateway(kind: str) -> Any:
    """The gateway the settings table GATEWAYS names for sms, email, fax, ocr, clearinghouse or storage."""
    # Late: the OCR process imports this package, and starts a tenth of a page sooner without Django.
    from django.conf import settings
    from django.utils.module_loading import import_string

    return import_string(settings.GATEWAYS[kind])()
