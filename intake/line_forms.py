"""What is asked to connect a fax line: the number, and what its service's door needs."""

import base64
import binascii
import ipaddress
import re
from typing import Any

from django import forms

from intake.models import FaxLine
from organizations.forms import PhoneField

ED25519_KEY_BYTES = 32
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
Vendor = FaxLine.Vendor


def secret(label: str, *, help_text: str = "", required: bool = True) -> forms.CharField:
    """A field whose value is never shown again."""
    typed = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=500, widget=typed)


class LineForm(forms.Form):
    """A line of any service."""

    number = PhoneField(label="Fax number")

    def account(self) -> dict[str, Any]:
        """What the service's door needs, to be sealed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "number" and value}


class TelnyxForm(LineForm):
    """A Telnyx Fax Application."""

    public_key = forms.CharField(
        label="Public key", max_length=60, help_text="In the Telnyx portal under Keys & Credentials."
    )
    api_key = secret("API key", required=False, help_text="Fetches faxes whose link has run out.")

    def clean_public_key(self) -> str:
        """Base64 of 32 bytes (RFC 8032)."""
        key: str = self.cleaned_data["public_key"].strip()
        try:
            size = len(base64.b64decode(key, validate=True))
        except (binascii.Error, ValueError):
            size = 0
        if size != ED25519_KEY_BYTES:
            raise forms.ValidationError("Copy the whole public key: 44 letters and figures, ending in =.")
        return key


class DocumoForm(LineForm):
    """A Documo webhook with basic authentication."""

    username = forms.CharField(label="User name of the webhook", max_length=100)
    password = secret("Password of the webhook", help_text="Make both up, and give Documo the same.")
    api_key = secret("API key", help_text="In Documo under Settings, API. Fetches the faxes.")
    addresses = forms.CharField(
        label="Documo calls from", required=False, initial="35.225.187.84", help_text="Separated by spaces"
    )

    def clean_addresses(self) -> list[str]:
        """Network addresses or ranges; none means Documo's own."""
        try:
            return [str(ipaddress.ip_network(word)) for word in self.cleaned_data["addresses"].split()]
        except ValueError:
            raise forms.ValidationError("Type network addresses, for example 35.225.187.84.") from None


class SrfaxForm(LineForm):
    """An SRFax account."""

    access_id = forms.RegexField(
        r"^\d{1,12}$", label="Account number", error_messages={"invalid": "Type the figures only."}
    )
    access_pwd = secret("Password")


class SignedForm(LineForm):
    """A sender of our own form."""

    hosts = forms.CharField(
        label="Hosts of large files",
        required=False,
        help_text="Needed only when the sender gives addresses in place of files. Separated by spaces.",
    )

    def clean_hosts(self) -> list[str]:
        """Host names, without https:// and without a path."""
        hosts: list[str] = self.cleaned_data["hosts"].lower().split()
        if not all(HOST.fullmatch(host) for host in hosts):
            raise forms.ValidationError("Type host names, for example files.faxhost.example.")
        return hosts


FORMS: dict[str, type[LineForm]] = {
    Vendor.TELNYX: TelnyxForm,
    Vendor.DOCUMO: DocumoForm,
    Vendor.SRFAX: SrfaxForm,
    Vendor.SIGNED: SignedForm,
}
