"""What people say is wrong, and what was done about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from organizations.web import MemberRequest, allowed
from providers import queries
from providers.actions import reporting
from providers.keeping_forms import WHAT, ReportForm, SettleForm
from providers.models import DirectoryReport, Endpoint
from providers.views.finding import back_to, first_error, office_of

SHOWN = 100


@require_POST
@allowed("referrals.write")
def report(request: MemberRequest, office_id: UUID) -> HttpResponse:
    """This is wrong."""
    office, form = office_of(office_id), ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("office", office_id)
    said = form.cleaned_data
    if said["endpoint_id"]:
        get_object_or_404(Endpoint.objects.filter(practice=office), pk=said["endpoint_id"])
    reporting.report(office_id=office.pk, by=request.membership, **said)
    return back_to(request, office_id, "Reported. Whoever keeps the directory sees it.")


@require_GET
@allowed("directory.write")
def reports(request: MemberRequest) -> HttpResponse:
    """Everything that is reported wrong and not settled yet."""
    open_ones = list(queries.open_reports()[:SHOWN])
    words = dict(WHAT)
    rows = [(one, words.get(one.what, one.what), SettleForm(auto_id=f"{one.pk}-%s")) for one in open_ones]
    return render(request, "providers/reports.html", {"rows": rows})


@require_POST
@allowed("directory.write")
def settlement(request: MemberRequest, report_id: UUID) -> HttpResponse:
    """It was looked into."""
    get_object_or_404(DirectoryReport.objects.all(), pk=report_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("directory_reports")
    try:
        reporting.settle(report_id=report_id, by=request.membership, **form.cleaned_data)
        messages.success(request, "Settled.")
    except reporting.Settled as already:
        messages.error(request, str(already))
    return redirect("directory_reports")
