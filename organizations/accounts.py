"""How people sign in: django-allauth's decisions that are ours to make."""

from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from organizations.crypto import seal_for_platform, unseal_for_platform

log = structlog.get_logger(__name__)


class StaffAccountAdapter(DefaultAccountAdapter):
    """Staff accounts come from invitations only."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That email and password do not match. Try again, or reset your password.",
        "too_many_login_attempts": "Too many wrong tries. Wait 15 minutes, or reset your password.",
        "incorrect_password": "That is not your password.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A changed password or second step holds even while the mail service is away."""
        facts = {"request": self.request, "email": email, **context}
        if not self.render_mail(template_prefix, email, facts).send(fail_silently=True):
            log.warning("account mail not taken", name=template_prefix)


class SealedMFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are sealed at rest."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Wait for the app to show the next one, then try again.",
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed or recovery code."""
        return seal_for_platform(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed or recovery code."""
        return unseal_for_platform(encrypted_text)
