"""What else can be done with an arrival: refuse, attach, file on the patient, unlock, have it read again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from intake import pdfs
from intake.actions import arriving, checking, claiming, filing, keeping
from intake.handling_forms import AttachmentForm, PasswordForm, RefusalForm
from intake.views import drafting, page
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
def fax_filing(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """No referral, but the chosen patient's: file it with their documents."""
    arrival = page.locked_or_404(arrival_id)
    form = drafting.keep(request, arrival).form
    patient = form.chosen_patient()
    if patient is None:
        form.add_error("match", "Choose the patient whose record this goes to.")
        return page.show(request, arrival_id, form=form, status=422)
    try:
        keeping.file_on_patient(
            arrival_id=arrival.pk,
            reading_id=page.uuid_or_none(request.POST.get("reading", "")),
            membership=request.membership,
            patient_id=patient.pk,
        )
    except REFUSED as reason:
        messages.error(request, str(reason))
        return redirect("fax_review", arrival.pk)
    messages.info(request, f"Filed on {patient}.")
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
