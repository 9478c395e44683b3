"""A patient picks a time: the birth date, then the times on offer. Needs no JavaScript."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from organizations import links
from organizations.spoken import long_day, month, time_of_day
from organizations.web import LinkRequest
from referrals import offering, standing
from referrals.actions import booking
from referrals.lifecycle import IllegalMove
from referrals.link_forms import BirthDateForm, PickForm
from referrals.models import Referral
from referrals.standing import MAY_PICK, Place
from referrals.views import proof
from referrals.views.patient_link import PATIENT, for_patient, proved, show
from scheduling.actions import SlotTaken
from scheduling.models import Slot
from scheduling.queries import Day, days_with_openings, offered

# Where the front door leads, by where the patient stands; the others see a page that explains.
NEXT = {Place.PICK: "booking_choose", Place.BOOKED: "booking_done"}
EXPLAINED = {
    Place.NOT_READY: "not_ready",
    Place.DECLINED: "declined",
    Place.DONE: "done",
    Place.ENDED: "ended",
}


@require_GET
@for_patient
def front(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """The link itself: the birth date first, then whatever comes next. Opening it changes nothing."""
    if request.link.is_locked:
        return render(request, "booking/locked.html", status=403)
    if not proof.is_proved(request):
        return render(request, "booking/verify.html", {"form": BirthDateForm(), "token": token})
    place = standing.place_of(referral, timezone.now())
    if place in NEXT:
        return redirect(NEXT[place], token)
    return show(request, token, referral, EXPLAINED[place], steps=standing.for_patient(referral))


@require_http_methods(["GET", "POST"])
@for_patient
def verify(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """Check the birth date: three wrong ones lock the link."""
    if request.method == "GET":
        return redirect("booking", token)
    form = BirthDateForm(request.POST)
    is_date = form.is_valid()
    if is_date and proof.prove(request, referral, form.cleaned_data["birth_date"]):
        return redirect("booking", token)
    if request.link.is_locked:
        return render(request, "booking/locked.html", status=403)
    context = {"form": form, "token": token, "tries_left": request.link.tries_left if is_date else None}
    return render(request, "booking/verify.html", context, status=422)


@require_http_methods(["GET", "POST"])
@for_patient
@proved
def choose(request: LinkRequest, token: str, referral: Referral) -> HttpResponse:
    """The times on offer, and taking one of them."""
    if standing.place_of(referral, timezone.now()) not in MAY_PICK:
        return redirect("booking", token)
    if request.method == "GET":
        return _times(request, token, referral)
    form = PickForm(request.POST)
    if not form.is_valid():
        return _times(request, token, referral, nothing_picked=True)
    return _take(request, token, referral, form.cleaned_data["slot"])


def _times(
    request: LinkRequest, token: str, referral: Referral, *, nothing_picked: bool = False
) -> HttpResponse:
    days = _days(referral)
    day = offering.chosen_day(days, request.GET.get("day", ""))
    if day is None:
        return show(request, token, referral, "no_openings")
    context = {
        "days": offering.strip(days, day),
        "month": month(day.day),
        "day_in_words": long_day(day.day),
        "groups": offering.by_part_of_day(day),
        "opening": offering.only_one(day),
        "nothing_picked": nothing_picked,
    }
    return show(request, token, referral, "times", 422 if nothing_picked else 200, **context)


def _take(request: LinkRequest, token: str, referral: Referral, slot_id: UUID) -> HttpResponse:
    slot = offered(slot_id, provider_id=referral.receiving_provider_id, specialty_id=referral.specialty_id)
    if slot is None:
        return _taken(request, token, referral, None)
    link = _link_until(request, token, slot)
    try:
        booking.book(referral_id=referral.pk, slot_id=slot_id, by=PATIENT, by_patient=True, link=link)
    except SlotTaken:
        return _taken(request, token, referral, slot)
    except IllegalMove:
        return redirect("booking", token)
    return redirect("booking_done", token)


def _link_until(request: LinkRequest, token: str, slot: Slot) -> str:
    """This link goes on serving the patient while it lives until the visit; otherwise a new one is sent."""
    return links.address(reverse("booking", args=[token])) if request.link.expires_at > slot.starts_at else ""


def _taken(request: LinkRequest, token: str, referral: Referral, slot: Slot | None) -> HttpResponse:
    days = _days(referral)
    if not any(day.openings for day in days):
        return show(request, token, referral, "no_openings", 409)
    taken_at = slot.starts_at.astimezone(referral.organization.zone) if slot else None
    groups = offering.instead_of(taken_at, days, now=timezone.now())
    taken = time_of_day(taken_at) if taken_at else ""
    return show(request, token, referral, "slot_taken", 409, groups=groups, taken=taken)


def _days(referral: Referral) -> list[Day]:
    return days_with_openings(
        now=timezone.now(),
        zone=referral.organization.zone,
        provider_id=referral.receiving_provider_id,
        specialty_id=referral.specialty_id,
    )
