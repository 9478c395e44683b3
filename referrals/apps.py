"""Floor 3: the heart, from a referral's arrival to the closed loop."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "referrals"
