"""The outgoing fax tray of the sandbox page."""

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, Receipt, sandbox
from gateways.fax import FaxStatus


class SandboxFax:
    """Keeps the faxes and delivers at once.

    Numbers ending 00 are busy (taken, then failed), 99 are unreachable, 98 lose the fax service's answer.
    """

    def send(self, *, to: str, pdf: bytes, cover_reference: str, idempotency_key: str) -> Receipt:
        """Keep a fax, or meet the trouble that the number asks for."""
        if known := sandbox.find("fax", idempotency_key):
            return Receipt(known)
        if to.endswith("99"):
            raise GatewayUnavailable("The fax service could not be reached.")
        fax = {"to": to, "cover_reference": cover_reference, **outcome(to)}
        fax["file"] = sandbox.keep_file(pdf, suffix=".pdf")
        reference = sandbox.keep("fax", fax, idempotency_key=idempotency_key)
        if to.endswith("98"):
            raise OutcomeUnknown("The fax service did not confirm in time. It may have gone out.")
        return Receipt(reference)

    def status(self, reference: str) -> FaxStatus:
        """What became of a kept fax."""
        fax = sandbox.one("fax", reference)
        if fax is None:
            raise GatewayError("The fax service does not know this fax.")
        return FaxStatus(fax["state"], fax["detail"])


def outcome(to: str) -> dict[str, str]:
    """What becomes of a fax to this number."""
    if to.endswith("00"):
        return {"state": "failed", "detail": "The line was busy."}
    return {"state": "delivered", "detail": ""}
