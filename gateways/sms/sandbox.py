"""The patient's phone of the sandbox page."""

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, Receipt, sandbox


class SandboxSms:
    """Keeps the texts. Numbers ending 00 are refused, 99 are unreachable, 98 lose the carrier's answer."""

    def send(self, *, to: str, body: str, idempotency_key: str) -> Receipt:
        """Keep a text, or meet the trouble that the number asks for."""
        if known := sandbox.find("sms", idempotency_key):
            return Receipt(known)
        if to.endswith("00"):
            raise GatewayError("This is not a mobile number.")
        if to.endswith("99"):
            raise GatewayUnavailable("The carrier could not be reached.")
        reference = sandbox.keep("sms", {"to": to, "body": body}, idempotency_key=idempotency_key)
        if to.endswith("98"):
            raise OutcomeUnknown("The carrier did not confirm in time. It may have gone out.")
        return Receipt(reference)
