"""Every move of the lifecycle is a sub-resource of its referral: POST referrals/R-20418/acceptance/."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from organizations.web import MemberRequest, allowed
from referrals.actions import booking, owning, receiving, reporting, sending, visiting
from referrals.models import Referral
from referrals.views.answering import find, move

# ---------------------------------------------------------------- on its way to another office


@require_POST
@allowed("referrals.send")
def dispatch(request: MemberRequest, number: str) -> HttpResponse:
    """It left by other means."""
    return move(request, number, "send", sending.record_sent)


@require_POST
@allowed("referrals.write")
def discarding(request: MemberRequest, number: str) -> HttpResponse:
    """The draft is not wanted."""
    return move(request, number, "discard", partial(owning.end, move="discard", reason=""))


@require_POST
@allowed("referrals.send")
def receipt(request: MemberRequest, number: str) -> HttpResponse:
    """The other office has it."""
    return move(request, number, "acknowledge", sending.record_receipt)


@require_POST
@allowed("referrals.send")
def failed_delivery(request: MemberRequest, number: str) -> HttpResponse:
    """It did not arrive."""
    return move(request, number, "bounce", sending.record_failed_delivery)


@require_POST
@allowed("referrals.send")
def redirection(request: MemberRequest, number: str) -> HttpResponse:
    """Another office is better placed."""
    return move(request, number, "redirect", sending.redirect)


# ---------------------------------------------------------------- deciding


@require_POST
@allowed("referrals.accept")
def acceptance(request: MemberRequest, number: str) -> HttpResponse:
    """We will see the patient."""
    return move(request, number, "accept", receiving.accept, owner=request.membership)


@require_POST
@allowed("referrals.write")
def information_request(request: MemberRequest, number: str) -> HttpResponse:
    """Ask the other office for what is missing."""
    return move(request, number, "ask", receiving.ask)


@require_POST
@allowed("referrals.write")
def information(request: MemberRequest, number: str) -> HttpResponse:
    """What was missing has come."""
    return move(request, number, "answer", receiving.answer)


@require_POST
@allowed("referrals.accept")
def refusal(request: MemberRequest, number: str) -> HttpResponse:
    """We will not see the patient."""
    return move(request, number, "decline", receiving.decline)


@require_POST
@allowed("referrals.accept")
def advice(request: MemberRequest, number: str) -> HttpResponse:
    """Advice instead of a visit."""
    return move(request, number, "advise", receiving.advise)


# ---------------------------------------------------------------- the visit


@require_POST
@allowed("referrals.schedule")
def appointment(request: MemberRequest, number: str) -> HttpResponse:
    """Book an opening, or move the visit to it; what another office booked is only recorded."""
    if find(number).direction == Referral.Direction.OUTBOUND:
        return move(request, number, "schedule", booking.record_booked)
    return move(request, number, "book", booking.book)


@require_POST
@allowed("referrals.schedule")
def appointment_cancellation(request: MemberRequest, number: str) -> HttpResponse:
    """Free the opening."""
    return move(request, number, "cancel_appointment", booking.cancel)


@require_POST
@allowed("referrals.schedule")
def no_show(request: MemberRequest, number: str) -> HttpResponse:
    """The patient did not come."""
    return move(request, number, "no_show", visiting.record_no_show)


@require_POST
@allowed("referrals.schedule")
def visit(request: MemberRequest, number: str) -> HttpResponse:
    """The patient was seen."""
    return move(request, number, "record_visit", visiting.record_visit)


# ---------------------------------------------------------------- the report


@require_POST
@allowed("referrals.send")
def report(request: MemberRequest, number: str) -> HttpResponse:
    """Upload the consult report and send it, in one go."""
    return move(request, number, "report", reporting.hand_in)


@require_POST
@allowed("referrals.send")
def report_resending(request: MemberRequest, number: str) -> HttpResponse:
    """The report did not leave: send the same papers again."""
    return move(request, number, "resend", reporting.send_last_again)


@require_POST
@allowed("referrals.send")
def report_loss(request: MemberRequest, number: str) -> HttpResponse:
    """The other office says that the report never came."""
    return move(request, number, "report_lost", reporting.record_lost)


@require_POST
@allowed("referrals.acknowledge")
def report_acknowledgement(request: MemberRequest, number: str) -> HttpResponse:
    """The report has been read: the loop is closed."""
    return move(request, number, "acknowledge_report", reporting.acknowledge_report)


# ---------------------------------------------------------------- ending, and coming back


@require_POST
@allowed("referrals.close")
def resolution(request: MemberRequest, number: str) -> HttpResponse:
    """It ends well without a visit."""
    return move(request, number, "resolve", partial(owning.end, move="resolve"))


@require_POST
@allowed("referrals.close")
def cancellation(request: MemberRequest, number: str) -> HttpResponse:
    """It is withdrawn."""
    return move(request, number, "cancel", partial(owning.end, move="cancel"))


@require_POST
@allowed("referrals.close")
def loss(request: MemberRequest, number: str) -> HttpResponse:
    """It leaked, for a reason from the list."""
    return move(request, number, "lose", partial(owning.end, move="lose"))


@require_POST
@allowed("referrals.close")
def error(request: MemberRequest, number: str) -> HttpResponse:
    """It should never have been."""
    return move(request, number, "void", partial(owning.end, move="void"))


@require_POST
@allowed("referrals.close")
def reopening(request: MemberRequest, number: str) -> HttpResponse:
    """An ended referral goes on."""
    return move(request, number, "reopen", partial(owning.bring_back, move="reopen"))


@require_POST
@allowed("referrals.close")
def recovery(request: MemberRequest, number: str) -> HttpResponse:
    """A lost patient is found again."""
    return move(request, number, "recover", partial(owning.bring_back, move="recover"))
