"""The rows of a referral: itself, its timeline, its papers and its visit."""

from referrals.models.papers import Dispatch, Document
from referrals.models.referral import Referral, ReferralQuerySet
from referrals.models.timeline import InfoRequest, Note, Step, Visit

__all__ = ["Dispatch", "Document", "InfoRequest", "Note", "Referral", "ReferralQuerySet", "Step", "Visit"]
