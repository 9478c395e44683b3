"""The sandbox page: read the patient's phone, the mailbox and the faxes; play the payer; send a fax in."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from gateways import sandbox
from gateways.clearinghouse.sandbox import DECISIONS, DESK, DESK_CHOICES, decide
from intake.models import Arrival
from notifications import actions, webhooks
from organizations.models import Organization
from organizations.scope import organization_scope
from organizations.web import public
from referralhub.sandbox import world
from referralhub.sandbox.faxing import send_in
from referralhub.sandbox.samples import transmission

LONGEST_REPLY = 320
OFFICE_FAX = "+12175550142"


@require_GET
@public
def page(request: HttpRequest) -> HttpResponse:
    """Everything the sandboxes keep."""
    return render(request, "sandbox/page.html", world.everything())


@require_POST
@public
def reply(request: HttpRequest) -> HttpResponse:
    """Answer a text as the patient, through the same signed door as a carrier's."""
    organization = get_object_or_404(Organization, slug=request.POST.get("organization", ""))
    number, body = request.POST.get("number", ""), request.POST.get("body", "")[:LONGEST_REPLY]
    if webhooks.play_carrier(organization, sender=number, body=body):
        sandbox.keep("sms", {"to": number, "body": body, "reply": True})
    else:
        messages.error(request, "The reply was refused: a phone's number begins with + and has digits only.")
    return redirect("sandbox")


@require_POST
@public
def deliver(request: HttpRequest) -> HttpResponse:
    """Let the texts go that wait for the morning."""
    for organization_id, message_ids in world.texts_waiting().items():
        with organization_scope(organization_id, actor="command:sandbox"):
            for message_id in message_ids:
                actions.send_at_once(message_id=message_id)
    messages.info(request, "The texts are on their way. Load the page again in a moment.")
    return redirect("sandbox")


@require_GET
@public
def mail(request: HttpRequest, record_id: str) -> HttpResponse:
    """One e-mail."""
    record = sandbox.one("email", record_id)
    if record is None:
        raise Http404
    return render(request, "sandbox/mail.html", {"mail": record})


@require_GET
@public
def fax(request: HttpRequest, name: str) -> HttpResponse:
    """One outgoing fax as it would leave the machine."""
    try:
        path = sandbox.file_path(name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    return HttpResponse(path.read_bytes(), content_type="application/pdf")


@require_POST
@public
def desk(request: HttpRequest) -> HttpResponse:
    """Choose how the payer answers from now on."""
    if request.POST.get("answer") in DESK_CHOICES:
        sandbox.choose(DESK, request.POST["answer"])
    return redirect("sandbox")


@require_POST
@public
def decision(request: HttpRequest, record_id: str) -> HttpResponse:
    """Answer one question that waits at the payer's desk; one that is gone was answered or swept away."""
    if request.POST.get("outcome") in DECISIONS:
        with suppress(ValueError):
            decide(record_id, request.POST["outcome"])
    return redirect("sandbox")


@require_POST
@public
def arrival(request: HttpRequest) -> HttpResponse:
    """Send a file or one of the samples to an organization, as a vendor would deliver it."""
    organization = get_object_or_404(Organization, slug=request.POST.get("organization", ""))
    name, content = _chosen_fax(request)
    came = send_in(organization, content, file_name=name, sender=OFFICE_FAX)
    if came is None:
        messages.error(request, "The fax was refused. A signed line takes files of up to 7 MB.")
    else:
        is_new = came.state == Arrival.State.RECEIVED
        news = "It is being read." if is_new else came.sentence
        messages.info(request, f"Sent to {organization.name}. {news}")
    return redirect("sandbox")


def _chosen_fax(request: HttpRequest) -> tuple[str, bytes]:
    if own := request.FILES.get("file"):
        return own.name or "", own.read()
    name = request.POST.get("sample", "")
    try:
        return name, transmission(name, again="again" in request.POST).read()
    except KeyError as unknown:
        raise Http404 from unknown


@require_POST
@public
def reset(request: HttpRequest) -> HttpResponse:
    """Empty the phone, the mailbox, the fax tray and the desk."""
    sandbox.clear()
    return redirect("sandbox")
