"""How people sign in: django-allauth's decisions that are ours to make."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from organizations.crypto import seal_for_platform, unseal_for_platform


class StaffAccountAdapter(DefaultAccountAdapter):
    """Staff accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """No "successfully signed in" toasts: the page that opens is the message."""


class SealedMFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are sealed at rest."""

    def encrypt(self, text: str) -> str:
        """Seal a seed or recovery code."""
        return seal_for_platform(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed or recovery code."""
        return unseal_for_platform(encrypted_text)
