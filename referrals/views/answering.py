"""How every move of a referral is answered: made and shown, or refused with a sentence and nothing lost."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from audit.actions import looked_at
from organizations.web import MemberRequest
from referrals import chart, presenting, ways
from referrals.actions.clearing import NoCoverage
from referrals.actions.filing import NotAccepted
from referrals.actions.moving import By
from referrals.actions.outreach import NotReachable, NotReady
from referrals.actions.reporting import NothingToSend
from referrals.actions.visiting import NotYet
from referrals.lifecycle import LABELS, IllegalMove, NotFromHere, Stage
from referrals.models import Referral, Step
from referrals.presenting import Wall
from referrals.storing import GatewayUnavailable
from scheduling.actions import SlotTaken

TROUBLE = (
    IllegalMove, NoCoverage, NotAccepted, NotReachable, NotReady, NothingToSend, NotYet, SlotTaken,
    GatewayUnavailable,
)  # fmt: skip
CONFLICT, INVALID = 409, 400  # neither is swapped into the page: what was typed stays
UNSAVED = "unsaved"
RECENT = 4


def find(number: str) -> Referral:
    """The referral of this organization by that number, else 404."""
    referral = chart.find(number)
    if referral is None:
        raise Http404("No such referral.")
    return referral


def by(request: MemberRequest) -> By:
    """The person behind the request."""
    return By(user=request.user)


def wall(request: MemberRequest) -> Wall:
    """The time here and now, at the clinic."""
    return Wall(timezone.now(), request.organization.zone)


# ---------------------------------------------------------------- making a move


def move(
    request: MemberRequest, number: str, way: str, act: Callable[..., object], **facts: Any
) -> HttpResponse:
    """Do it with what its form says, and show the referral; or say in a sentence why not."""
    referral, at = find(number), wall(request)
    asks = ways.WAYS[way].asks
    form = asks(request.POST, request.FILES, **ways.given(asks, referral, at))
    is_valid = form.is_valid()
    if request.POST.get("seen", referral.stage) != referral.stage or not (
        is_valid or ways.starts_at(way, referral)
    ):
        return refused(request, referral, form, _already(referral, at))
    if not is_valid:
        return refused(request, referral, form, first_error(form), status=INVALID)
    try:
        act(referral_id=referral.pk, by=by(request), **form.cleaned_data, **facts)
    except NotFromHere:
        return refused(request, referral, form, _already(referral.refresh(), at))
    except TROUBLE as trouble:
        return refused(request, referral, form, str(trouble))
    messages.success(request, f"{ways.WAYS[way].done}.")
    return shown(request, referral.number)


def shown(request: MemberRequest, number: str) -> HttpResponse:
    """The changed drawer and row for htmx; else the page one came from, or the referral's own."""
    if not request.headers.get("HX-Request"):
        return _go_back(request, number)
    referral = find(number)
    looked_at(request, referral, patients=[referral.patient_id])
    return render(request, "referrals/_moved.html", drawer_context(request, referral))


def refused(
    request: MemberRequest, referral: Referral, form: forms.Form, sentence: str, *, status: int = CONFLICT
) -> HttpResponse:
    """The sentence; htmx leaves the typed text where it is, a plain browser finds it in the note box."""
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if typed := typed_into(form):
        request.session[UNSAVED] = {"number": referral.number, "text": typed}
    messages.error(request, sentence)
    return _go_back(request, referral.number)


def typed_into(form: forms.Form) -> str:
    """What was written in the form's text boxes."""
    boxes = [name for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)]
    return "\n".join(text for name in boxes if (text := form.data.get(name, "").strip()))


def first_error(form: forms.Form) -> str:
    """The first thing wrong with a form, as a sentence."""
    return str(next(iter(form.errors.values()))[0])


def back(request: MemberRequest) -> str:
    """Where the form says it was sent from, when that is a page of ours; else nothing."""
    address = request.POST.get("back", "")
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else ""


def _go_back(request: MemberRequest, number: str) -> HttpResponse:
    address = back(request)
    return redirect(address) if address else redirect("referral", number)


def _already(referral: Referral, wall: Wall) -> str:
    stage = LABELS[Stage(referral.stage)]
    last = Step.objects.filter(referral=referral, to_stage=referral.stage).order_by("at", "id").last()
    who = f" ({last.actor_label}, {wall.moment(last.at)})" if last else ""
    return f"{referral.number} is already at “{stage}”{who}. Nothing was changed."


# ---------------------------------------------------------------- the drawer


def drawer_context(request: MemberRequest, referral: Referral) -> dict[str, Any]:
    """What the drawer beside the worklist shows."""
    return {
        **next_context(request, referral),
        "coverage": chart.coverage(referral),
        "phones": chart.phones(referral),
        "recent": chart.activity(referral).entries[:RECENT],
        "may_take": referral.owner_id != request.membership.pk
        and ways.may(ways.WAYS["own"], referral, request.membership),
        "back_here": request.get_full_path() if "peek" in request.GET else "",
    }


def next_context(request: MemberRequest, referral: Referral) -> dict[str, Any]:
    """What the next action's card shows."""
    at = wall(request)
    return {
        "referral": referral,
        "row": presenting.row(referral, at),
        "speaks": presenting.speaks(referral.patient),
        "offers": ways.offers(referral, request.membership, at),
        "due": presenting.due_words(referral, at),
    }
