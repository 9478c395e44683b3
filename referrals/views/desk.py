"""What the desk does beside the moves: coverage, outreach, owner, notes and pauses."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from organizations.web import MemberRequest, allowed
from referrals.actions import clearing, outreach, owning
from referrals.views.answering import move

# ---------------------------------------------------------------- coverage and authorization


@require_POST
@allowed("insurance.check")
def coverage(request: MemberRequest, number: str) -> HttpResponse:
    """Add or correct the patient's coverage, and ask the payer."""
    return move(request, number, "cover", clearing.set_coverage)


@require_POST
@allowed("insurance.check")
def eligibility_check(request: MemberRequest, number: str) -> HttpResponse:
    """Ask the payer whether the coverage is active."""
    return move(request, number, "check", clearing.check_coverage)


@require_POST
@allowed("insurance.check")
def self_pay(request: MemberRequest, number: str) -> HttpResponse:
    """The patient pays."""
    return move(request, number, "self_pay", clearing.accept_self_pay)


@require_POST
@allowed("insurance.check")
def authorization_waiver(request: MemberRequest, number: str) -> HttpResponse:
    """No authorization is required."""
    return move(request, number, "waive", clearing.mark_authorization_not_required)


# ---------------------------------------------------------------- reaching the patient


@require_POST
@allowed("notifications.send")
def booking_link(request: MemberRequest, number: str) -> HttpResponse:
    """Send the patient a link to pick a time."""
    return move(request, number, "text", outreach.text_booking_link)


@require_POST
@allowed("referrals.write")
def call(request: MemberRequest, number: str) -> HttpResponse:
    """Somebody called the patient."""
    return move(request, number, "call", outreach.log_call)


# ---------------------------------------------------------------- between colleagues


@require_POST
@allowed("referrals.write")
def owner(request: MemberRequest, number: str) -> HttpResponse:
    """Give the referral to a colleague, or to nobody."""
    return move(request, number, "own", owning.assign)


@require_POST
@allowed("referrals.write")
def notes(request: MemberRequest, number: str) -> HttpResponse:
    """Leave a note."""
    return move(request, number, "note", owning.add_note)


@require_POST
@allowed("referrals.write")
def hold(request: MemberRequest, number: str) -> HttpResponse:
    """Pause the clock until a day."""
    return move(request, number, "hold", owning.hold)


@require_POST
@allowed("referrals.write")
def resumption(request: MemberRequest, number: str) -> HttpResponse:
    """Start the clock again."""
    return move(request, number, "resume", owning.resume)
