"""Random moves through the real actions: whatever people do, in whatever order, the referral stays whole."""

from datetime import timedelta
from functools import partial
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from referrals.actions import booking, clearing, outreach, owning, receiving, reporting, sending, visiting
from referrals.actions.clearing import NoCoverage
from referrals.actions.moving import By
from referrals.actions.outreach import NotReachable, NotReady
from referrals.actions.visiting import NotYet
from referrals.lifecycle import MOVES, IllegalMove, Stage
from referrals.models import Dispatch, Referral, Step
from scheduling.actions import SlotTaken
from scheduling.models import LIVE, Appointment
from tests import factories
from tests.integration import referral_scenes as scenes

BY = By(label="Somebody")
REFUSALS = (IllegalMove, NoCoverage, NotReady, NotYet, SlotTaken, reporting.NothingToSend)
HOURS = st.integers(1, 200)
MOVING = [
    receiving.accept,
    receiving.answer,
    sending.record_receipt,
    visiting.record_no_show,
    reporting.record_lost,
    partial(owning.bring_back, move="recover"),
    partial(owning.end, move="resolve", reason="r"),
    partial(owning.end, move="void", reason="r"),
    partial(owning.end, move="discard", reason="r"),
    partial(booking.cancel, reason="r"),
    partial(sending.redirect, reason="r"),
]
SCENES = [scenes.received, scenes.ready, scenes.scheduled, scenes.seen, scenes.reported]


def at(*stages):
    """The stages at which a rule is worth trying; `refused` tries all of them everywhere else."""
    return precondition(lambda self: self.seen()["stage"] in stages)


class Desk(RuleBasedStateMachine):
    """One referral on a busy desk. A refused action changes nothing; a move leaves exactly one Step."""

    @initialize(scene=st.sampled_from(SCENES), mobile=st.sampled_from(["+12175550188", ""]))
    def begin(self, scene, mobile):
        self.savepoint = transaction.savepoint()
        patient = factories.make_patient(mobile=mobile)
        self.payer = factories.make_coverage(patient).payer
        self.referral = scene(patient=patient)

    def attempt(self, action, **facts):
        """Do it, or be refused; then look at what it left."""
        before, steps = self.seen(), self.steps()
        try:
            with transaction.atomic():
                action(**facts)
        except NotReachable:  # that nobody can be reached is worth keeping
            return
        except REFUSALS as refusal:
            assert str(refusal).endswith(".")
            assert (self.seen(), self.steps()) == (before, steps)
            return
        moves = [name for name in self.steps()[len(steps) :] if name in MOVES]
        assert len(moves) == 1 or (not moves and self.seen()["stage"] == before["stage"])

    def steps(self):
        return list(Step.objects.filter(referral=self.referral).order_by("pk").values_list("name", flat=True))

    def seen(self):
        return Referral.objects.filter(pk=self.referral.pk).values().get()

    # ------------------------------------------------------------ what people do

    @at("received", "info_requested", "accepted", "scheduled", "declined", "sent")
    @rule(move=st.sampled_from(["cancel", "lose"]))
    def end(self, move):
        code = "L5-DECLINED" if move == "lose" else ""
        self.attempt(owning.end, referral_id=self.referral.pk, move=move, reason="r", leak_code=code, by=BY)

    @at("closed", "resolved", "cancelled", "lost")
    @rule(move=st.sampled_from(["reopen", "recover"]))
    def bring_back(self, move):
        self.attempt(owning.bring_back, referral_id=self.referral.pk, move=move, by=BY)

    @at("received")
    @rule()
    def accept(self):
        self.attempt(receiving.accept, referral_id=self.referral.pk, by=BY)

    @at("received", "accepted")
    @rule()
    def ask(self):
        self.attempt(receiving.ask, referral_id=self.referral.pk, by=BY, wanted="ECG")

    @at("info_requested", "accepted")
    @rule()
    def answer(self):
        self.attempt(receiving.answer, referral_id=self.referral.pk, by=BY)

    @at("received", "info_requested", "accepted")
    @rule()
    def decline(self):
        self.attempt(receiving.decline, referral_id=self.referral.pk, by=BY, reason="r")

    @at("received", "declined")
    @rule()
    def redirect(self):
        self.attempt(sending.redirect, referral_id=self.referral.pk, by=BY, reason="r")

    @at("sent")
    @rule()
    def receipt(self):
        self.attempt(sending.record_receipt, referral_id=self.referral.pk, by=BY)

    @at("received", "accepted", "scheduled")
    @rule()
    def check(self):
        self.attempt(clearing.check_coverage, referral_id=self.referral.pk, by=BY)

    @at("accepted")
    @rule()
    def cover(self):
        facts = {"payer": self.payer, "member_id": "HPC1", "by": BY}
        self.attempt(clearing.set_coverage, referral_id=self.referral.pk, **facts)

    @precondition(lambda self: self.seen()["eligibility"] == "pending")
    @rule(state=st.sampled_from(["active", "active", "inactive", "needs_info", "payer_down"]))
    def payer_answers(self, state):
        scenes.answered(self.referral, state)

    @rule()
    def pay_oneself(self):
        self.attempt(clearing.accept_self_pay, referral_id=self.referral.pk, by=BY)

    @at("accepted", "scheduled")
    @rule()
    def text(self):
        self.attempt(outreach.text_booking_link, referral_id=self.referral.pk, by=BY)

    @rule(reached=st.booleans())
    def call(self, reached):
        self.attempt(outreach.log_call, referral_id=self.referral.pk, by=BY, reached=reached)

    @at("accepted", "scheduled")
    @rule(hours=HOURS)
    def book(self, hours):
        slot = factories.make_slot(starts_at=timezone.now() + timedelta(hours=hours))
        self.attempt(booking.book, referral_id=self.referral.pk, slot_id=slot.pk, by=BY)

    @at("scheduled")
    @rule()
    def cancel_visit(self):
        self.attempt(booking.cancel, referral_id=self.referral.pk, by=BY, reason="r")

    @at("scheduled")
    @rule()
    def miss(self):
        self.attempt(visiting.record_no_show, referral_id=self.referral.pk, by=BY)

    @at("scheduled")
    @rule()
    def see(self):
        self.attempt(visiting.record_visit, referral_id=self.referral.pk, by=BY, seen_on=scenes.today())

    @at("seen")
    @rule()
    def report(self):
        self.attempt(reporting.hand_in, referral_id=self.referral.pk, file=BytesIO(scenes.PDF), by=BY)

    @precondition(lambda self: self.seen()["loop"] == "report_queued")
    @rule(leaves=st.booleans())
    def fax_ends(self, leaves):
        dispatch = Dispatch.objects.filter(referral=self.referral).latest("queued_at")
        if leaves:
            reporting.record_sent(dispatch.pk, reference="fax")
        else:
            reporting.record_not_sent(dispatch.pk, trouble="Busy.", state="failed")

    @at("reported")
    @rule()
    def lose_report(self):
        self.attempt(reporting.record_lost, referral_id=self.referral.pk, by=BY)

    @at("reported")
    @rule()
    def acknowledge(self):
        self.attempt(reporting.acknowledge_report, referral_id=self.referral.pk, by=BY)

    @rule(hours=HOURS)
    def hold(self, hours):
        until = timezone.now() + timedelta(hours=hours)
        self.attempt(owning.hold, referral_id=self.referral.pk, until=until, reason="r", by=BY)

    @rule()
    def resume(self):
        self.attempt(owning.resume, referral_id=self.referral.pk, by=BY)

    @rule(action=st.sampled_from(MOVING))
    def out_of_turn(self, action):
        self.attempt(action, referral_id=self.referral.pk, by=BY)

    # ------------------------------------------------------------ what must always be true

    @invariant()
    def it_has_one_next_action(self):
        now = self.seen()
        assert now["next_code"] and now["next_action"]

    @invariant()
    def what_has_ended_is_never_due(self):
        now = self.seen()
        if now["closed_at"] is not None or not self.referral.refresh().is_open:
            assert (now["due_at"], now["hold_until"], now["owed_by"]) == (None, None, "nobody")
            assert now["closed_at"] is not None

    @invariant()
    def it_is_due_after_its_clock_started(self):
        now = self.seen()
        assert not (now["due_at"] and now["clock_from"]) or now["due_at"] >= now["clock_from"]

    @invariant()
    def an_open_one_is_due(self):
        now = self.seen()
        assert now["closed_at"] is not None or now["due_at"] is not None

    @invariant()
    def its_steps_lead_to_where_it_is(self):
        *_, last = Step.objects.filter(referral=self.referral).order_by("at", "pk")
        assert last.to_stage == self.seen()["stage"]

    @invariant()
    def a_patient_holds_one_opening_at_most_and_only_while_scheduled(self):
        live = Appointment.objects.filter(patient=self.referral.patient, state__in=[*LIVE[:3]]).count()
        assert live == (1 if self.seen()["stage"] == Stage.SCHEDULED else 0)

    @invariant()
    def a_lost_one_says_why(self):
        now = self.seen()
        assert bool(now["leak_code"]) == (now["stage"] == Stage.LOST)

    def teardown(self):
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)


def test_whatever_people_do_in_whatever_order_the_referral_stays_whole(scope):
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],  # a shorter example is not worth minutes of the database's time
        ),
    )
