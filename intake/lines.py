"""What each kind of fax line is: how its service and we reach each other, and what its account holds."""

import json
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse

from intake.models import FaxLine
from organizations import signing
from organizations.models import Organization

Vendor = FaxLine.Vendor
HOOKS = {Vendor.TELNYX: "telnyx", Vendor.DOCUMO: "documo", Vendor.SIGNED: "fax"}
"""The services that call us, each with the kind in its address, `/hooks/<kind>/<token>/`."""

ASKED = frozenset({Vendor.SRFAX})
"""The services that never call: they are asked each minute."""


def account_of(line: FaxLine) -> dict[str, Any]:
    """What the line's service needs, unsealed. Never for a page or a log."""
    account: dict[str, Any] = json.loads(str(line.account or "{}"))
    return account


def secret_of(line: FaxLine) -> str:
    """What the sender of a signed line signs with, for the page that tells it and for the sandbox."""
    return str(account_of(line)["secret"])


def hook_of(line: FaxLine, organization: Organization) -> str:
    """The whole address that the service is to call, or nothing for a service that is asked."""
    kind = HOOKS.get(Vendor(line.vendor))
    if kind is None:
        return ""
    token = signing.token_of(organization, kind)
    path = reverse(f"hook_{kind}", urlconf=settings.ROOT_URLCONF, args=[token])
    return f"{settings.PUBLIC_URL}/{path.removeprefix(get_script_prefix())}"
