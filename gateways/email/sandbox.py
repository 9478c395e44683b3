"""The mailbox of the sandbox page."""

from gateways import GatewayError, GatewayUnavailable, OutcomeUnknown, Receipt, sandbox


class SandboxEmail:
    """Keeps the mail. Addresses beginning refused@ are refused, down@ unreachable, lost@ lose the answer."""

    def send(self, *, to: str, subject: str, text: str, html: str, idempotency_key: str) -> Receipt:
        """Keep an e-mail, or meet the trouble that its address asks for."""
        if known := sandbox.find("email", idempotency_key):
            return Receipt(known)
        mailbox = to.partition("@")[0].lower()
        if mailbox == "refused":
            raise GatewayError("This address does not exist.")
        if mailbox == "down":
            raise GatewayUnavailable("The mail service could not be reached.")
        mail = {"to": to, "subject": subject, "text": text, "html": html}
        reference = sandbox.keep("email", mail, idempotency_key=idempotency_key)
        if mailbox == "lost":
            raise OutcomeUnknown("The mail service did not confirm in time. It may have gone out.")
        return Receipt(reference)
