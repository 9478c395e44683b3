"""The fax lines of an organization: how each is reached, whether it works, and connecting one more."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.actions import Action, record
from intake import lines
from intake.actions import connecting
from intake.line_forms import FORMS
from intake.models import Delivery, FaxLine
from organizations.web import MemberRequest, allowed
from organizations.words import phone


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def fax_lines(request: MemberRequest) -> HttpResponse:
    """Every line; the form of the chosen service. A number that is here gets the new account."""
    vendor = request.GET.get("vendor", "")
    vendor = vendor if vendor in FORMS else lines.Vendor.TELNYX.value
    form = FORMS[vendor](request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        line = connecting.connect(vendor=vendor, number=number, account=form.account())
        messages.info(request, f"{_name(line)} is connected.")
        return redirect("fax_lines")
    record(request, Action.VIEW, kind="fax lines", detail="Addresses and signing secrets")
    context = {"rows": _rows(request), "form": form, "vendor": vendor, "vendors": lines.Vendor.choices}
    return render(request, "intake/lines.html", context, status=422 if form.errors else 200)


@require_POST
@allowed("organization.manage")
def closure(request: MemberRequest, line_id: UUID) -> HttpResponse:
    """Take no more faxes from a line."""
    line = connecting.close(line_id=get_object_or_404(FaxLine.objects.all(), pk=line_id).pk)
    messages.info(request, f"{_name(line)} is closed. Cancel it at the service too.")
    return redirect("fax_lines")


@require_POST
@allowed("organization.manage")
def opening(request: MemberRequest, line_id: UUID) -> HttpResponse:
    """Take faxes from a closed line again."""
    line = connecting.reopen(line_id=get_object_or_404(FaxLine.objects.all(), pk=line_id).pk)
    messages.info(request, f"{_name(line)} is open.")
    return redirect("fax_lines")


def _rows(request: MemberRequest) -> list[dict[str, object]]:
    """Each line with how many of its faxes are still over there, where it calls and what it signs with."""
    missing = Count("deliveries", filter=~Q(deliveries__state=Delivery.State.TAKEN))
    found = FaxLine.objects.annotate(missing=missing).order_by("-is_open", "vendor", "number")
    return [
        {
            "line": line,
            "address": lines.hook_of(line, request.organization),
            "secret": lines.secret_of(line) if line.vendor == lines.Vendor.SIGNED else "",
        }
        for line in found
    ]


def _name(line: FaxLine) -> str:
    return f"{line.get_vendor_display()} {phone(line.number)}"
