"""Search: one box for name, birth date, phone, chart or referral number. Every look-up is logged."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.actions import searched
from organizations.shapes import Loop
from organizations.web import MemberRequest, allowed
from referrals import finding, presenting, queries
from referrals.views.answering import wall

MOST, MOST_IN_PALETTE = 20, 8


@require_GET
@allowed("patients.view")
def search(request: MemberRequest) -> HttpResponse:
    """Patients who fit, each with where their referral stands: the answer to "what is the status of X?"."""
    is_palette = request.headers.get("HX-Target") == "palette-hits"
    context = results(request, most=MOST_IN_PALETTE if is_palette else MOST)
    return render(request, "referrals/_hits.html" if is_palette else "referrals/search.html", context)


def results(request: MemberRequest, *, most: int = MOST) -> dict[str, Any]:
    """What was typed and who fits it, for `_hits.html`; logged."""
    typed, at = request.GET.get("q", "").strip()[:80], wall(request)
    sought = finding.understand(typed, today=at.now.astimezone(at.zone).date())
    found = queries.find(sought, most=most + 1)
    searched(request, "patient", patients=[hit.patient.pk for hit in found[:most]])
    hits = [with_loop(hit, at) for hit in found[:most]]
    return {"typed": typed, "sought": sought, "hits": hits, "and_more": len(found) > most}


def with_loop(hit: queries.Hit, at: presenting.Wall) -> tuple[queries.Hit, Loop | None]:
    """A patient found, and how far their referral is."""
    return hit, presenting.loop(hit.referral, at.now) if hit.referral else None
