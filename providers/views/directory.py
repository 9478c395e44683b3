"""The list of offices, and the page of one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from organizations.web import MemberRequest, allowed
from providers import office as entry
from providers import queries
from providers.actions import entering
from providers.forms import FilterForm
from providers.freshness import Record
from providers.keeping_forms import WHAT, CriterionForm, EndpointForm, ReportForm
from providers.standing import TONES, WORDS
from providers.views.finding import back_to, office_of, today

SAID = dict(WHAT)


@require_GET
@allowed("referrals.view")
def directory(request: MemberRequest) -> HttpResponse:
    """The offices that fit, a page at a time."""
    form = FilterForm(request.GET)
    filters = form.filters()
    page = queries.page_of(filters, number=_number(request), today=today(request))
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "rows": [_drawn(row) for row in page.rows],
        "next_url": _address(request, page.number + 1) if page.has_more else "",
        "previous_url": _address(request, page.number - 1) if page.number > 1 else "",
        "is_narrowed": any(form.cleaned_data.get(field.name) for field in form.rest()),
    }
    return render(request, "providers/directory.html", context)


def _drawn(row: queries.Row) -> dict[str, Any]:
    return {
        "row": row,
        "fax": words_of(row.fax),
        "network": WORDS[row.in_network],
        "network_tone": TONES[row.in_network],
    }


def words_of(record: Record) -> str:
    """How a way in has worked, as of now."""
    return record.words(timezone.now())


def _number(request: MemberRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 (a page number)


def _address(request: MemberRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@require_GET
@allowed("referrals.view")
def office(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """One office: where it is, who works there, how it is reached, and what it is chosen by."""
    found = office_of(office_id)
    context = entry.page(found, today(request))
    context |= {
        "ways": [(way.endpoint, way.record, words_of(way.record)) for way in context["ways"]],
        "reports": [(report, SAID.get(report.what, report.what)) for report in context["reports"]],
        "report_form": ReportForm(auto_id="report-%s"),
        "endpoint_form": EndpointForm(auto_id="way-%s"),
        "criterion_form": CriterionForm(auto_id="criterion-%s"),
    }
    return render(request, "providers/office.html", context)


@require_POST
@allowed("referrals.write")
def confirmation(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """All of it is right today."""
    entering.confirm(office_id=office_of(office_id).pk)
    return back_to(request, office_id, "Confirmed.")
