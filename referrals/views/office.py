"""The referring office, without an account: where the referral stands, the report, and "we have read it".

Opening a page never acknowledges anything: mail scanners open links.
"""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import Action, record
from organizations import links
from organizations.ids import normalise_code
from organizations.models import organization_named
from organizations.scope import organization_scope
from organizations.web import LinkRequest, public
from referrals import storing
from referrals.actions import looking_up, moving, reporting
from referrals.actions.moving import By
from referrals.actions.reporting import OFFICE
from referrals.lifecycle import IllegalMove
from referrals.link_forms import AcknowledgementForm, BirthDateForm, OfficeMessageForm, StatusForm
from referrals.models import Referral
from referrals.views import proof
from referrals.views.office_link import for_office, proved, reports, show

LINK_KEY_LENGTH, CODE_LENGTH = 4, 12
STAY = timedelta(days=1)  # how long a link made by the code serves; the one on the fax lives longer
ENDINGS = {"application/pdf": "pdf", "image/tiff": "tif", "image/jpeg": "jpg", "image/png": "png"}
# A report is never shown inside our own pages: whatever it holds, it runs nowhere.
SEALED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@require_http_methods(["GET", "POST"])
@public
def check(request: HttpRequest) -> HttpResponse:
    """The code from our fax and the patient's birth date lead to the office's page."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    token = _open(request, **form.cleaned_data) if request.method == "POST" and form.is_valid() else None
    if token is not None:
        return redirect("office", token)
    is_wrong = form.is_bound and form.is_valid()
    status = 422 if request.method == "POST" else 200
    return render(request, "office/check.html", {"form": form, "is_wrong": is_wrong}, status=status)


def _open(request: HttpRequest, code: str, birth_date: date) -> str | None:
    """A token for this browser, or None; the reader never learns which of the two was wrong."""
    code = normalise_code(code)
    organization_id = organization_named(code[:LINK_KEY_LENGTH]) if len(code) == CODE_LENGTH else None
    if organization_id is None:
        return None
    with organization_scope(organization_id, actor="link:status"):
        referral = looking_up.look_up(code=code[LINK_KEY_LENGTH:], birth_date=birth_date)
        if referral is None:
            record(request, Action.REFUSED, kind="status code", detail="Wrong code or birth date")
            return None
        return _let_in(request, referral)


def _let_in(request: HttpRequest, referral: Referral) -> str:
    token = links.issue(purpose=OFFICE, subject_id=referral.pk, expires_at=timezone.now() + STAY)
    if (link := links.find(token, purpose=OFFICE)) is not None:
        request.session.cycle_key()
        proof.remember(request, link)
    return token


@require_GET
@for_office
def status(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """The link itself: the patient's birth date first, then where things stand."""
    if request.link.is_locked:
        return render(request, "office/locked.html", status=403)
    if not proof.is_proved(request):
        return render(request, "office/verify.html", {"form": BirthDateForm(), "token": token})
    return show(request, token, referral)


@require_http_methods(["GET", "POST"])
@for_office
def verify(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Check the birth date: three wrong ones lock the link."""
    if request.method == "GET":
        return redirect("office", token)
    form = BirthDateForm(request.POST)
    if form.is_valid() and proof.prove(request, referral, form.cleaned_data["birth_date"]):
        return redirect("office", token)
    if request.link.is_locked:
        return render(request, "office/locked.html", status=403)
    context = {
        "form": form,
        "token": token,
        "tries_left": request.link.tries_left if form.is_valid() else None,
    }
    return render(request, "office/verify.html", context, status=422)


@require_POST
@for_office
@proved
def acknowledge(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Somebody in the office has read the report: the loop closes."""
    form = AcknowledgementForm(request.POST)
    if not form.is_valid():
        return show(request, token, referral, 422, acknowledgement=form)
    try:
        reporting.acknowledge_report(referral_id=referral.pk, by=_by(referral, form.cleaned_data["reader"]))
    except IllegalMove:
        return show(request, token, referral, 409, trouble="There is no report to acknowledge now.")
    return redirect("office", token)


@require_POST
@for_office
@proved
def message(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Ask or tell us something; it goes on the timeline."""
    form = OfficeMessageForm(request.POST)
    if not form.is_valid():
        return show(request, token, referral, 422, message=form)
    by = _by(referral)
    held = moving.lock(referral.pk)
    moving.record(
        held, "office_message", "Message from the referring office", by=by, note=form.cleaned_data["text"]
    )
    messages.info(request, "Your message is with us. We answer by telephone or fax.")
    return redirect("office", token)


@require_GET
@for_office
@proved
def report(request: LinkRequest, token: str, referral: Referral, document_id: UUID) -> HttpResponseBase:
    """The consult report as a download; taking it is a disclosure and is recorded as one."""
    document = next((known for known in reports(referral) if known.pk == document_id), None)
    if document is None:
        raise Http404
    record(
        request,
        Action.DISCLOSE,
        thing=document,
        patients=[referral.patient_id],
        detail=f"Report of {referral.number} taken by the referring office",
    )
    response = StreamingHttpResponse(
        storing.pieces(document), content_type=document.media_type, headers=SEALED
    )
    ending = ENDINGS.get(document.media_type, "bin")
    response.headers["Content-Disposition"] = f'attachment; filename="report-{referral.number}.{ending}"'
    response.headers["Content-Length"] = str(document.size)
    return response


def _by(referral: Referral, reader: str = "") -> By:
    office = referral.referring_practice.name if referral.referring_practice else "Referring office"
    return By(label=f"{reader}, {office}"[:120] if reader else office)
