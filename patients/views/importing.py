"""Patients from a file: upload, name the columns, look at what would happen, then say yes."""

import csv
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import Action, record
from organizations.web import MemberRequest, allowed
from patients import import_reading
from patients.actions import importing
from patients.columns import FIELDS
from patients.models import ImportRow, PatientImport
from patients.views.registering import today

LARGEST = 20 * 1024 * 1024
TOO_LARGE = "This file is larger than 20 MB. Take it in parts."


@require_http_methods(["GET", "POST"])
@allowed("patients.write")
def patient_imports(request: MemberRequest) -> HttpResponse:
    """The last files, and a way to bring one more."""
    if request.method == "POST" and (run := _taken_in(request)):
        return redirect("patient_import", run.pk)
    runs = PatientImport.objects.select_related("made_by__user").order_by("-made_at")[:20]
    return render(request, "patients/imports/list.html", {"runs": runs})


def _taken_in(request: MemberRequest) -> PatientImport | None:
    file = request.FILES.get("files")
    if file is None:
        messages.error(request, "Choose a file.")
        return None
    if (file.size or 0) > LARGEST:
        messages.error(request, TOO_LARGE)
        return None
    try:
        return importing.take_in(
            content=file.read(), file_name=file.name or "patients.csv", by=request.membership
        )
    except importing.CannotImport as trouble:
        messages.error(request, str(trouble))
        return None


@require_GET
@allowed("patients.write")
def patient_import(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """One file, at whatever step it is."""
    run = get_object_or_404(PatientImport.objects.select_related("made_by__user"), pk=run_id)
    record(request, Action.VIEW, kind="patient import", detail=run.file_name[:60])
    context = {"run": run, "fields": FIELDS, **import_reading.page(run)}
    return render(request, "patients/imports/run.html", context)


@require_GET
@allowed("patients.write")
def patient_import_progress(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """How far it is; the whole page anew once the step is done."""
    run = get_object_or_404(PatientImport.objects.all(), pk=run_id)
    response = render(
        request, "patients/imports/_progress.html", {"run": run, "share": import_reading.share(run)}
    )
    if not run.is_at_work:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@allowed("patients.write")
def patient_import_columns(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """Say what the columns mean; the rows are then checked, and nothing is written."""
    run = get_object_or_404(PatientImport.objects.all(), pk=run_id)
    wanted = {column: request.POST.get(f"column-{place}", "") for place, column in enumerate(run.heading)}
    try:
        importing.name_columns(run_id=run.pk, mapping=wanted)
    except importing.CannotImport as trouble:
        messages.error(request, str(trouble))
    return redirect("patient_import", run.pk)


@require_POST
@allowed("patients.write")
def patient_import_answer(request: MemberRequest, row_id: UUID) -> HttpResponse:
    """This row is of the patient whom it resembles, or of somebody new."""
    row = get_object_or_404(ImportRow.objects.select_related("run"), pk=row_id)
    is_same = request.POST.get("answer") == "same"
    try:
        importing.answer(row_id=row.pk, is_same=is_same, today=today(request))
    except importing.CannotImport as trouble:
        messages.error(request, str(trouble))
    return redirect(f"{reverse('patient_import', args=[row.run_id])}#problems")


@require_POST
@allowed("patients.write")
def patient_import_writing(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """Write the good rows."""
    run = get_object_or_404(PatientImport.objects.all(), pk=run_id)
    try:
        importing.write_it(run_id=run.pk)
    except importing.CannotImport as trouble:
        messages.error(request, str(trouble))
    return redirect("patient_import", run.pk)


@require_GET
@allowed("patients.write")
def patient_import_problems(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """The rows that were not taken, as they stood in the file, with what is wrong with each."""
    run = get_object_or_404(PatientImport.objects.all(), pk=run_id)
    record(request, Action.VIEW, kind="patient import", detail="Rows with problems, as a file")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = slugify(run.file_name.rpartition(".")[0]) or "patients"
    response["Content-Disposition"] = f'attachment; filename="{name}-problems.csv"'
    response.write("\ufeff")  # spreadsheets take it for UTF-8 then
    csv.writer(response).writerows(import_reading.problem_table(run))
    return response
