"""The pictures of an arrival's pages and its original file: opened for this answer only, kept by nobody."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from audit.actions import looked_at
from intake import inbox, picturing
from intake.models import Page
from intake.views.page import arrival_or_404
from organizations.web import MemberRequest, allowed
from referrals import storing
from referrals.models import Document

SAVED_AS = {"application/pdf": "pdf", "image/tiff": "tif", "image/png": "png", "image/jpeg": "jpg"}
NO_COPY = {"Cache-Control": "no-store"}
AWAY, GONE = 503, 410


@require_GET
@allowed("intake.view")
def fax_page(request: MemberRequest, arrival_id: UUID, number: int) -> HttpResponse:
    """One page, whole."""
    page = _page_or_404(arrival_id, number)
    looked_at(request, page.arrival, patients=inbox.patients_on([page.arrival]), detail=f"Page {number}")
    return _opened(page.picture, "image/png")


@require_GET
@allowed("intake.view")
def fax_thumb(request: MemberRequest, arrival_id: UUID, number: int) -> HttpResponse:
    """One page, too small to read: it tells a form from a letter and discloses nothing; no look is logged."""
    page = _page_or_404(arrival_id, number)
    return _opened(page.picture, "image/png", picturing.thumbnail)


@require_GET
@allowed("intake.view")
def fax_original(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """The file as it came, to be saved and never shown inside our pages: it is a stranger's."""
    arrival = arrival_or_404(arrival_id)
    looked_at(request, arrival, patients=inbox.patients_on([arrival]), detail="Original file")
    answer = _opened(arrival.readable, "application/octet-stream")
    ending = SAVED_AS.get(arrival.readable.media_type, "bin")
    answer["Content-Disposition"] = f'attachment; filename="fax-{arrival.received_at:%Y%m%d-%H%M}.{ending}"'
    return answer


def _opened(document: Document, media_type: str, change: Callable[[bytes], bytes] = bytes) -> HttpResponse:
    try:
        content = storing.read(document)
    except storing.GatewayUnavailable as outage:
        return HttpResponse(str(outage), status=AWAY, content_type="text/plain")
    except storing.GatewayError as loss:
        return HttpResponse(str(loss), status=GONE, content_type="text/plain")
    return HttpResponse(change(content), content_type=media_type, headers=NO_COPY)


def _page_or_404(arrival_id: UUID, number: int) -> Page:
    pages = Page.objects.select_related("picture", "arrival__referral").defer("words")
    return get_object_or_404(pages, arrival_id=arrival_id, number=number)
