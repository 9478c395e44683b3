"""Letting people in and out: invitations, roles, leaving."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from organizations import links
from organizations.models import Invitation, Membership, User
from organizations.roles import ROLES, may_give

INVITATION = "invitation"
INVITATION_LIFE = timedelta(days=7)


class NotPossible(Exception):
    """The change would leave the organization in a bad state; the text says why."""


@transaction.atomic
def invite(*, email: str, full_name: str, role: str, by: Membership) -> tuple[Invitation, str]:
    """Offer a job to somebody; returns the invitation and its address, known only now.

    A second offer to the same address replaces the first one, whose link stops working.
    """
    email = email.strip().lower()
    _refuse_rights_not_had(by, role)
    here = Membership.objects.filter(organization=by.organization, is_active=True)
    if here.filter(user__email__iexact=email).exists():
        raise NotPossible(f"{email} works here already. Change their role in the list.")
    invitation = Invitation.objects.filter(email=email, accepted_at=None).first() or Invitation(email=email)
    invitation.full_name, invitation.role = full_name, role
    invitation.invited_by, invitation.created_at = by.user, timezone.now()
    invitation.save()
    links.revoke(purpose=INVITATION, subject_id=invitation.pk)
    token = links.issue(
        purpose=INVITATION, subject_id=invitation.pk, expires_at=timezone.now() + INVITATION_LIFE
    )
    address = links.address(f"/invitations/{token}/")
    transaction.on_commit(lambda: _tell(invitation, address), robust=True)
    return invitation, address


@transaction.atomic
def withdraw(*, invitation_id: UUID) -> str:
    """Take an unanswered invitation back: its link stops working. Returns whose it was."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise NotPossible(f"{invitation.full_name} has joined already. Remove them from the list instead.")
    links.revoke(purpose=INVITATION, subject_id=invitation.pk)
    invitation.delete()
    return invitation.full_name


@transaction.atomic
def join(*, invitation_id: UUID, password: str = "") -> Membership:
    """Take the offer: an account is made unless the address has one, and the membership begins."""
    invitation = Invitation.objects.select_for_update().filter(pk=invitation_id, accepted_at=None).first()
    if invitation is None:
        raise NotPossible("This invitation is no longer open.")
    user = person_with(invitation.email)
    if user is None:
        user = User.objects.create_user(invitation.email, password, full_name=invitation.full_name)
    membership, _ = Membership.objects.get_or_create(
        organization=invitation.organization, user=user, defaults={"role": invitation.role}
    )
    membership.role, membership.is_active = invitation.role, True
    membership.save()
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    links.revoke(purpose=INVITATION, subject_id=invitation.pk)
    return membership


@transaction.atomic
def change_role(*, membership_id: UUID, role: str, by: Membership) -> Membership:
    """Give a colleague another job; it counts from their next click. Nobody changes their own."""
    membership = _colleague(membership_id, by)
    _refuse_rights_not_had(by, role)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def end_membership(*, membership_id: UUID, by: Membership) -> Membership:
    """A colleague leaves: they are out with their next click. Nobody shuts themselves out."""
    membership = _colleague(membership_id, by)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    return membership


def _colleague(membership_id: UUID, by: Membership) -> Membership:
    membership: Membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    if membership.pk == by.pk:
        raise NotPossible("You cannot do this to yourself. Ask another manager.")
    _refuse_rights_not_had(by, membership.role)
    return membership


def _refuse_rights_not_had(by: Membership, role: str) -> None:
    if not may_give(by.role, role):
        raise NotPossible(f"Only an administrator decides who is {ROLES[role].label.lower()}.")


def person_with(email: str) -> User | None:
    """The account of an address, if there is one."""
    return User.objects.filter(email__iexact=email).first()


def _tell(invitation: Invitation, address: str) -> None:
    send_mail(
        f"Join {invitation.organization.name} on ReferralHub",
        f"{invitation.invited_by.full_name} invites you to {invitation.organization.name} on ReferralHub. "
        f"Your role there: {ROLES[invitation.role].label}.\n\n"
        f"Open this address within {INVITATION_LIFE.days} days:\n{address}\n",
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )
