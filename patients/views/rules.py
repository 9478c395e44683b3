"""How sure the matcher must be, and what it rests on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organizations.web import MemberRequest, allowed
from patients.actions import duplicates
from patients.forms import RulesForm
from patients.recognizing import rules


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def matching_rules(request: MemberRequest) -> HttpResponse:
    """The two thresholds, with what each does."""
    kept = rules()
    form = RulesForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. Tonight's search for duplicates goes by it.")
        return redirect("matching_rules")
    context = {
        "form": form,
        "kept": kept,
        "waiting": duplicates.waiting().count(),
        "enough": duplicates.ENOUGH,
    }
    return render(request, "patients/rules.html", context, status=422 if form.errors else 200)
