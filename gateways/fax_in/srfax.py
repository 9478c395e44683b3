"""Faxes that come in through SRFax, which never calls: its inbox is asked.

One address takes all posts; `action` says what is asked, `access_id` and `access_pwd` who asks; the answer is
{"Status": "Success" or "Failed", "Result": ...}: srfax.com/developers/internet-fax-api. Get_Fax_Inbox lists
FileName (`name|id`), CallerID and Pages for a range of days in the account's time zone; Retrieve_Fax gives
the file in base64; Update_Viewed_Status marks it.

Account: `access_id`, `access_pwd`.
"""

import base64
import binascii
import json
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import httpx
from django.utils import timezone

from gateways import GatewayError, GatewayUnavailable, wire
from gateways.fax_in import Account, NotUnderstood, ToldFax, values
from gateways.fax_in.files import Files, Resolver, look_up

ADDRESS = "https://www.srfax.com/SRF_SecWebSvc.php"
NAME = "SRFax"
DAY = timedelta(days=1)  # the account's calendar may be a day before or after ours
LARGEST = 20 * 1024 * 1024  # of a file: its base64 is held in memory
IN_MEMORY = 4 * LARGEST // 3 + 4096


class SrfaxLine:
    """Is asked for all faxes of some days: a colleague who looked at one over there hides none from us."""

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolver = look_up) -> None:
        self.files = Files(NAME, ("www.srfax.com",), transport=transport, resolve=resolve)
        self.partner = wire.client(transport)

    def waiting(self, account: Account, since: datetime) -> list[ToldFax]:
        """What came into the inbox since, whether somebody has seen it or not."""
        rows = self._asked(
            account,
            action="Get_Fax_Inbox",
            sPeriod="RANGE",
            sStartDate=f"{since - DAY:%Y%m%d}",
            sEndDate=f"{timezone.now() + DAY:%Y%m%d}",
            sViewedStatus="ALL",
        )
        return [_fax(row) for row in rows] if isinstance(rows, list) else []

    def fetch(self, fax: ToldFax, account: Account, into: IO[bytes]) -> None:
        """Retrieve the PDF, without marking it: it is marked once it is ours."""
        with SpooledTemporaryFile(IN_MEMORY) as answer:
            form = _form(account, action="Retrieve_Fax", sFaxFormat="PDF", **_named(fax))
            self.files.fetch(ADDRESS, answer, form=form, largest=IN_MEMORY)
            answer.seek(0)
            content = _result(answer.read())
        try:
            into.write(base64.b64decode(content, validate=True))
        except (binascii.Error, ValueError, TypeError) as broken:
            raise GatewayUnavailable("SRFax's file could not be unpacked.") from broken
        if into.tell() == 0:
            raise GatewayUnavailable("SRFax gave an empty file.")

    def mark_viewed(self, fax: ToldFax, account: Account) -> None:
        """Show the fax as read in the SRFax inbox."""
        self._asked(account, action="Update_Viewed_Status", sMarkasViewed="Y", **_named(fax))

    def _asked(self, account: Account, **question: str) -> Any:
        request = self.partner.build_request("POST", ADDRESS, data=_form(account, **question))
        response = wire.ask(self.partner, request, name=NAME)
        wire.refuse_by_status(response.status_code, name=NAME, harmless=True)
        return _result(response.content)


def _form(account: Account, **question: str) -> dict[str, str]:
    who = {name: str(account.get(name, "")) for name in ("access_id", "access_pwd")}
    return {**who, "sResponseFormat": "JSON", **question}


def _named(fax: ToldFax) -> dict[str, str]:
    return {"sFaxFileName": fax.vendor_id, "sDirection": "IN"}


def _result(answer: bytes) -> Any:
    """What SRFax answers, in our own words when it refuses: its own may quote what it was asked."""
    try:
        said = json.loads(answer)
        status, result = said["Status"], said["Result"]
    except (ValueError, KeyError, TypeError, RecursionError) as unreadable:
        raise GatewayUnavailable("SRFax's answer could not be read.") from unreadable
    if status == "Success":
        return result
    if any(word in str(result).lower() for word in ("access", "password")):
        raise GatewayError("SRFax did not accept the account. Check its number and password.")
    raise GatewayUnavailable("SRFax could not do what it was asked.")


def _fax(row: Any) -> ToldFax:
    try:
        fax = values.as_object(row)
        return ToldFax(
            vendor_id=values.identity(fax.get("FileName")),
            from_number=values.number(fax.get("CallerID")),
            to_number=values.number(fax.get("User_FaxNumber")),
            pages=values.count(fax.get("Pages")),
        )
    except NotUnderstood as broken:
        raise GatewayUnavailable("SRFax's list could not be read.") from broken
