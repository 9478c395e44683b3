"""What else can be done with an arrival: refuse, attach, take over, give back, unlock, have it read again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from intake import pdfs
from intake.actions import arriving, checking, claiming, filing
from intake.forms import AttachmentForm, PasswordForm, RefusalForm
from intake.views import page
from organizations.web import MemberRequest, allowed

REFUSED = (checking.AlreadyHandled, claiming.Held)


@require_POST
@allowed("intake.review")
def fax_refusal(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """It is not a referral, for a reason."""
    arrival = page.arrival_or_404(arrival_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return page.show(request, arrival_id, refusal=form, open_dialog="refuse", status=422)
    try:
        filing.refuse(
            arrival_id=arrival.pk,
            reading_id=form.cleaned_data["reading"],
            membership=request.membership,
            reason=form.sentence,
        )
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    messages.info(request, f"Filed as not a referral. {form.sentence}.")
    return redirect("fax_inbox")


@require_POST
@allowed("intake.review")
def fax_attachment(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """It belongs to a referral we have."""
    arrival = page.arrival_or_404(arrival_id)
    form = AttachmentForm(request.POST)
    if not form.is_valid():
        return page.show(request, arrival_id, attachment=form, open_dialog="attach", status=422)
    asked = form.cleaned_data
    try:
        filing.attach(
            arrival_id=arrival.pk,
            reading_id=asked["reading"],
            membership=request.membership,
            referral=asked["number"],
            kind=asked["kind"],
            sure=asked["sure"],
        )
    except filing.OtherPatient as other:
        form.add_error("sure", str(other))
        return page.show(request, arrival_id, attachment=form, open_dialog="attach", status=422)
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    messages.info(request, f"Attached to {asked['number']}.")
    return redirect("referral", asked["number"].number)


@require_POST
@allowed("intake.review")
def fax_claim(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Take it over from a colleague whose claim has lapsed."""
    arrival = page.arrival_or_404(arrival_id)
    try:
        claiming.take_over(arrival_id=arrival.pk, membership=request.membership)
    except claiming.Held as held:
        messages.error(request, str(held))
    return redirect("fax_review", arrival.pk)


@require_POST
@allowed("intake.review")
def fax_release(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Give it back to everybody."""
    claiming.release(arrival_id=page.arrival_or_404(arrival_id).pk, membership=request.membership)
    messages.info(request, "Given back to the inbox.")
    return redirect("fax_inbox")


@require_POST
@allowed("intake.review")
def fax_rereading(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Have it read again: after trouble, or because it is no duplicate."""
    arrival = page.arrival_or_404(arrival_id)
    try:
        arriving.read_again(arrival_id=arrival.pk)
    except arriving.CannotRead as reason:
        messages.error(request, str(reason))
    return redirect("fax_review", arrival.pk)


@require_POST
@sensitive_post_parameters("password")
@allowed("intake.review")
def fax_password(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Open a locked PDF with its password."""
    arrival = page.arrival_or_404(arrival_id)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return page.show(request, arrival_id, password=form, status=422)
    try:
        arriving.unlock(arrival_id=arrival.pk, password=form.cleaned_data["password"])
    except (pdfs.WrongPassword, pdfs.Damaged) as refused:
        form.add_error("password", str(refused))
        return page.show(request, arrival_id, password=form, status=422)
    except arriving.CannotRead as reason:
        messages.error(request, str(reason))
    return redirect("fax_review", arrival.pk)
