"""Papers: adding one to a referral, and reading one. A file is never run, framed or trusted by its name."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from audit.actions import looked_at
from organizations.web import MemberRequest, allowed
from referrals import storing
from referrals.actions import filing
from referrals.models import Document
from referrals.views.answering import move

ENDINGS = {"application/pdf": "pdf", "image/tiff": "tif", "image/png": "png", "image/jpeg": "jpg"}
SHOWN = {"image/png", "image/jpeg"}  # a PDF may hold scripts, and its viewer does not work sandboxed
AWAY, GONE = 503, 410


@require_POST
@allowed("documents.add")
def documents(request: MemberRequest, number: str) -> HttpResponse:
    """Add a paper to the referral."""
    return move(request, number, "file", filing.add)


@require_GET
@allowed("documents.view")
def document(request: MemberRequest, document_id: UUID) -> Any:
    """One paper, in pieces, as it was stored; an altered one is never given out."""
    paper = get_object_or_404(Document.objects.select_related("referral"), pk=document_id)
    looked_at(
        request,
        paper,
        patients=[paper.patient_id] if paper.patient_id else [],
        detail=paper.get_kind_display(),
    )
    try:
        pieces = storing.pieces(paper)
    except storing.GatewayUnavailable as outage:
        return render(request, "referrals/document_away.html", {"reason": str(outage)}, status=AWAY)
    except storing.GatewayError as loss:
        return render(request, "referrals/document_away.html", {"reason": str(loss)}, status=GONE)
    return _sealed_off(StreamingHttpResponse(pieces, content_type=paper.media_type), paper)


def _sealed_off(response: StreamingHttpResponse, paper: Document) -> StreamingHttpResponse:
    how = "inline" if paper.media_type in SHOWN else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{_name(paper)}"'
    response["Content-Length"] = str(paper.size)
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; img-src 'self'; frame-ancestors 'none'"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name(paper: Document) -> str:
    """Safe on every system, and without a patient's name."""
    about = f"{paper.referral.number}-" if paper.referral else ""
    return f"{about}{slugify(paper.get_kind_display())}.{ENDINGS.get(paper.media_type, 'bin')}"
