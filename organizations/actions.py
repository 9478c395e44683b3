"""Letting people in and out: invitations, roles, leaving."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from organizations import links
from organizations.models import Invitation, Membership, User
from organizations.roles import ROLES

INVITATION = "invitation"
INVITATION_LIFE = timedelta(days=7)


class NotPossible(Exception):
    """The change would leave the organization in a bad state; the text says why."""


@transaction.atomic
def invite(*, email: str, full_name: str, role: str, by: User) -> tuple[Invitation, str]:
    """Offer a job to somebody; returns the invitation and its address, known only now."""
    email = email.strip().lower()
    if Membership.objects.filter(user__email__iexact=email, is_active=True).exists():
        raise NotPossible(f"{email} works here already. Change their role in the list.")
    invitation = Invitation.objects.create(email=email, full_name=full_name, role=role, invited_by=by)
    token = links.issue(
        purpose=INVITATION, subject_id=invitation.pk, expires_at=timezone.now() + INVITATION_LIFE
    )
    address = links.address(f"/invitations/{token}/")
    transaction.on_commit(lambda: _tell(invitation, address), robust=True)
    return invitation, address


@transaction.atomic
def join(*, invitation_id: UUID, password: str = "") -> Membership:
    """Take the offer: an account is made unless the address has one, and the membership begins."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is not None:
        raise NotPossible("This invitation was used already. Sign in instead.")
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
    """Give a colleague another job. Nobody takes away their own right to manage people."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    if membership.pk == by.pk and "people.manage" not in ROLES[role].permissions:
        raise NotPossible("You would lose the right to manage people. Ask another manager to do it.")
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def end_membership(*, membership_id: UUID, by: Membership) -> Membership:
    """A colleague leaves: they are out with their next click."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership_id)
    if membership.pk == by.pk:
        raise NotPossible("You cannot remove yourself. Ask another manager to do it.")
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    return membership


def person_with(email: str) -> User | None:
    """The account of an address, if there is one."""
    return User.objects.filter(email__iexact=email).first()


def _tell(invitation: Invitation, address: str) -> None:
    send_mail(
        f"Join {invitation.organization.name} on ReferralHub",
        f"{invitation.invited_by.full_name} invites you to work at {invitation.organization.name} as "
        f"{ROLES[invitation.role].label.lower()}.\n\nOpen this address within 7 days:\n{address}\n",
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )
