"""Networks and who is in them, and what offices want with a referral."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from organizations.web import MemberRequest, allowed
from providers.actions import choosing
from providers.keeping_forms import CriterionForm, ListForm, NetworkForm, StandingForm
from providers.models import AcceptanceCriterion, Network, NetworkMembership
from providers.views.finding import back_to, first_error, office_of

SHOWN, UNKNOWN_SHOWN = 200, 5


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def networks(request: MemberRequest) -> HttpResponse:
    """All networks, and one more."""
    form = NetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = choosing.make_network(**form.cleaned_data)
        return redirect("network", made.pk)
    inside = Count("memberships", filter=Q(memberships__is_in=True))
    context = {"form": form, "networks": Network.objects.annotate(inside=inside).order_by("name")}
    return render(request, "providers/networks.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allowed("directory.write")
def network(request: MemberRequest, network_id: UUID) -> HttpResponse:
    """Who is in one network; a payer's list of NPIs is pasted here."""
    found = get_object_or_404(Network.objects.all(), pk=network_id)
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _say(request, choosing.take_list(network_id=network_id, **form.cleaned_data))
        return redirect("network", network_id)
    members = NetworkMembership.objects.filter(network=found).select_related("practice", "provider")
    context = {"network": found, "form": form, "members": members.order_by("practice__name", "pk")[:SHOWN]}
    return render(request, "providers/network.html", context, status=422 if form.errors else 200)


def _say(request: MemberRequest, taken: choosing.Taken) -> None:
    messages.success(request, f"{taken.placed} put into the network.")
    if taken.unknown:
        some = ", ".join(taken.unknown[:UNKNOWN_SHOWN])
        messages.warning(
            request, f"{len(taken.unknown)} not in the directory, such as {some}. Add them first."
        )


@require_POST
@allowed("directory.write")
def standing(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """Whether an office is in a network."""
    office, form = office_of(office_id), StandingForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("office", office_id)
    get_object_or_404(Network.objects.all(), pk=form.cleaned_data["network_id"])
    choosing.place(office_id=office.pk, **form.cleaned_data)
    return back_to(request, office_id, "Saved.")


@require_POST
@allowed("directory.write")
def criterion(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """One more thing that must come with a referral."""
    office, form = office_of(office_id), CriterionForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("office", office_id)
    everywhere = form.cleaned_data.pop("everywhere")
    choosing.ask_for(office_id=None if everywhere else office.pk, **form.cleaned_data)
    return back_to(request, office_id, "Added.")


@require_POST
@allowed("directory.write")
def criterion_removal(request: MemberRequest, criterion_id: UUID) -> HttpResponse:
    """It is not wanted any more."""
    get_object_or_404(AcceptanceCriterion.objects.all(), pk=criterion_id)
    choosing.stop_asking_for(criterion_id=criterion_id)
    messages.success(request, "Removed.")
    back = request.POST.get("office", "")
    return redirect("office", back) if _is_id(back) else redirect("directory")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
