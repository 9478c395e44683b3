"""Referrals brought to a stage by the real actions. Call inside an organization's scope."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from django.utils import timezone

from insurance import actions as insurance
from insurance.models import EligibilityCheck
from insurance.questions import Reply
from referrals.actions import booking, clearing, outreach, owning, receiving, reporting, visiting
from referrals.actions.moving import By
from referrals.models import Dispatch, Referral
from tests import factories

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
DESK = By(label="Alicia Warren")
LAST_WEEK = timedelta(days=7)


def received(**facts):
    """A fax became a referral, an hour ago."""
    patient = facts.pop("patient", None) or factories.make_patient()
    referrer = facts.pop("referring_provider", None) or factories.make_provider()
    if "coverage" not in facts:
        facts["coverage"] = factories.make_coverage(patient)
    return receiving.receive(
        patient=patient,
        by=DESK,
        title="Fax, 4 pages",
        received_at=timezone.now() - LAST_WEEK,
        specialty=facts.pop("specialty", None) or factories.make_specialty(),
        referring_provider=referrer,
        referring_practice=referrer.practice,
        **{"priority": "urgent", "source": "fax", "reason": "Chest tightness", **facts},
    )


def accepted(**facts):
    """We will see the patient; the payer is being asked."""
    return receiving.accept(referral_id=received(**facts).pk, by=DESK).refresh()


def answered(referral, state="active", sentence="Active with Heritage PPO Choice.", auth_required="no"):
    """The payer answers the latest question."""
    check = EligibilityCheck.objects.filter(about_id=referral.pk).latest("asked_at")
    reply = Reply(state, sentence, "ISA", "ISA", plan_name="Heritage PPO Choice", auth_required=auth_required)
    return clearing.take_answer(referral_id=referral.pk, check=insurance.record_reply(check.pk, reply))


def ready(**facts):
    """Nothing but the appointment is missing."""
    return answered(accepted(**facts))


def texted(**facts):
    """The patient has a link to pick a time."""
    return outreach.text_booking_link(referral_id=ready(**facts).pk, by=DESK)


def scheduled(slot=None, **facts):
    """A visit is booked, by default in three days."""
    slot = slot or factories.make_slot()
    return booking.book(referral_id=ready(**facts).pk, slot_id=slot.pk, by=DESK)


def seen(**facts):
    """The patient came today."""
    return visiting.record_visit(referral_id=scheduled(**facts).pk, by=DESK, seen_on=today())


def reported(**facts):
    """The consult report has left by fax."""
    referral = seen(**facts)
    reporting.hand_in(referral_id=referral.pk, file=BytesIO(PDF), by=DESK)
    reporting.record_sent(Dispatch.objects.get(referral=referral).pk, reference="fax-1")
    return referral.refresh()


def closed(**facts):
    """The referrer has read it."""
    return reporting.acknowledge_report(referral_id=reported(**facts).pk, by=DESK)


def declined(**facts):
    """We will not see the patient."""
    return receiving.decline(referral_id=received(**facts).pk, by=DESK, reason="No capacity")


def lost(**facts):
    """The patient could not be reached."""
    return owning.end(
        referral_id=texted(**facts).pk, move="lose", reason="No answer", leak_code="L5-UNREACHABLE", by=DESK
    )


def cancelled(**facts):
    """The referrer withdrew it."""
    return owning.end(referral_id=received(**facts).pk, move="cancel", reason="Withdrawn", by=DESK)


def sent(**facts):
    """A referral of ours, on its way to another office."""
    return outbound("sent", **facts)


def outbound(stage, **facts):
    """A referral of ours at a stage, with its next action."""
    referral = factories.make_referral(stage=stage, direction="outbound", **facts)
    return owning.assign(
        referral_id=referral.pk, owner=factories.make_membership(referral.organization), by=DESK
    )


def noted(referral, member, text="Prefers mornings"):
    """A colleague left a note."""
    owning.add_note(referral_id=referral.pk, text=text, by=By(user=member.user))
    return referral


def today():
    """The date at Lakeside now."""
    return datetime.now(UTC).astimezone(Referral.objects.first().organization.zone).date()
