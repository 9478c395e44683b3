"""The duplicates worklist: two records side by side, the effect of a merge, the merge, and the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import looked_at, searched
from organizations.web import MemberRequest, allowed
from patients import side_by_side
from patients.actions import duplicates, merging
from patients.forms import SameAsForm
from patients.models import DuplicatePair, MergeRecord, Patient

PAGE = 50
SIDES = ("left", "right")


@require_GET
@allowed("patients.view")
def pairs(request: MemberRequest) -> HttpResponse:
    """Pairs that nobody has decided, likeliest first."""
    waiting = duplicates.waiting()
    found = list(waiting[:PAGE])
    searched(request, "patient", patients=_patients(found), detail="duplicates")
    context = {"pairs": found, "count": waiting.count(), **_just_done(request)}
    return render(request, "patients/duplicates.html", context)


@require_GET
@allowed("patients.view")
def pair(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """Two records side by side, with what agrees and what that weighs."""
    found = _pair(pair_id)
    looked_at(request, found, patients=_patients([found]), detail="duplicates")
    context = {"pair": found, "next": _next(found), **_beside(found), **_just_done(request)}
    return render(request, "patients/pair.html", context)


@require_http_methods(["GET", "POST"])
@allowed("patients.write")
def merger(request: MemberRequest, pair_id: UUID, keep: str) -> HttpResponse:
    """What merging into one side would do; posted, it is done."""
    found = _pair(pair_id)
    if keep not in SIDES:
        raise Http404("No such side.")
    survivor, merged = (found.one, found.other) if keep == "left" else (found.other, found.one)
    rows = side_by_side.rows(survivor, merged, found.reasons)
    if request.method == "POST":
        return _merge(request, found, survivor, merged, rows)
    looked_at(request, found, patients=_patients([found]), detail="merge preview")
    context = {"pair": found, "survivor": survivor, "merged": merged, "rows": rows}
    context["effect"] = merging.preview(survivor, merged)
    return render(request, "patients/merger.html", context)


@require_POST
@allowed("patients.write")
def difference(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """These are two people; they are not shown together again."""
    found = _pair(pair_id)
    following = _next(found)
    merging.call_different(pair_id=found.pk, by=request.membership)
    return redirect(f"{_address(following)}?apart={found.pk}")


@require_POST
@allowed("patients.write")
def reopening(request: MemberRequest, pair_id: UUID) -> HttpResponse:
    """That was wrong: ask about these two again."""
    return redirect("duplicate", duplicates.reopen(pair_id=_pair(pair_id).pk).pk)


@require_POST
@allowed("patients.write")
def unmerger(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Undo a merge, at once or much later."""
    record = get_object_or_404(MergeRecord.objects.all(), pk=record_id)
    try:
        merging.unmerge(record_id=record.pk, by=request.membership)
    except merging.CannotMerge as refusal:
        messages.error(request, str(refusal))
        return redirect("patient", record.survivor_id)
    messages.success(request, "The merge is undone. There are two records again.")
    return redirect("patient", record.merged_id)


@require_http_methods(["GET", "POST"])
@allowed("patients.write")
def pairing(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """A person knows that another record is of this patient: put the two side by side."""
    patient = get_object_or_404(Patient.objects.current(), pk=patient_id)
    form = SameAsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mrn = form.cleaned_data["mrn"].strip().zfill(6)
        other = Patient.objects.current().filter(mrn=mrn).exclude(pk=patient.pk).first()
        if other is not None:
            return redirect("duplicate", duplicates.pair_up(one=patient, other=other).pk)
        form.add_error("mrn", "No other record has this number.")
    looked_at(request, patient, patients=[patient.pk], detail="pairing")
    context = {"form": form, "patient": patient, "title": "Another record of this person"}
    return render(request, "patients/part.html", context, status=422 if form.errors else 200)


def _merge(
    request: MemberRequest,
    found: DuplicatePair,
    survivor: Patient,
    merged: Patient,
    rows: list[side_by_side.Row],
) -> HttpResponse:
    take = {row.name for row in rows if row.needs_choice and request.POST.get(row.name) == "take"}
    following = _next(found)
    try:
        record = merging.merge(survivor_id=survivor.pk, merged_id=merged.pk, by=request.membership, take=take)
    except merging.CannotMerge as refusal:
        messages.error(request, str(refusal))
        return redirect("duplicates")
    return redirect(f"{_address(following)}?merged={record.pk}")


def _address(pair: DuplicatePair | None) -> str:
    return reverse("duplicate", args=[pair.pk]) if pair else reverse("duplicates")


def _pair(pair_id: UUID) -> DuplicatePair:
    of_both = [f"{side}__{rest}" for side in ("one", "other") for rest in WITH]
    pairs = DuplicatePair.objects.select_related("one", "other", "decided_by__user")
    return get_object_or_404(pairs.prefetch_related(*of_both), pk=pair_id)


WITH = ("contact_points", "identifiers", "coverages__plan", "coverages__payer")


def _next(found: DuplicatePair) -> DuplicatePair | None:
    """The pair to look at after this one: the next likeliest, else the likeliest of all others."""
    waiting = duplicates.waiting().exclude(pk=found.pk)
    after = waiting.filter(probability__lte=found.probability)
    same = after.filter(probability=found.probability, pk__gt=found.pk).first()
    return same or after.filter(probability__lt=found.probability).first() or waiting.first()


def _beside(found: DuplicatePair) -> dict[str, Any]:
    rows = side_by_side.rows(found.one, found.other, found.reasons)
    against = next((words for field, words, _ in found.reasons if field == "against"), "")
    return {"rows": rows, "others": side_by_side.unseen(rows, found.reasons), "against": against}


def _patients(found: list[DuplicatePair]) -> list[UUID]:
    return [pk for pair in found for pk in (pair.one_id, pair.other_id)]


def _just_done(request: MemberRequest) -> dict[str, Any]:
    """What the last click did, so that it can be undone here."""
    return {
        "just_merged": _named(MergeRecord.objects.filter(undone_at=None), request.GET.get("merged")),
        "just_apart": _named(
            DuplicatePair.objects.filter(decision=DuplicatePair.Decision.DIFFERENT), request.GET.get("apart")
        ),
    }


def _named(rows: Any, pk: str | None) -> Any:
    try:
        return rows.filter(pk=UUID(pk)).first() if pk else None
    except ValueError:
        return None
