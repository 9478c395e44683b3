"""Needs attention: what the system could not finish alone, why, and Retry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jobs import actions, queries
from jobs.effects import effect_of
from jobs.models import Job
from organizations.web import allowed


@require_GET
@allowed("jobs.view")
def attention(request: HttpRequest) -> HttpResponse:
    """Stuck work with its reason; what retries by itself; what was settled this week."""
    context = queries.attention(request.GET.get("view", "open"), timezone.now())
    context["rows"] = [_row(job) for job in context["jobs"]]
    return render(request, "jobs/attention.html", context)


@require_POST
@allowed("jobs.retry")
def retrial(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Try a job again now."""
    actions.retry(get_object_or_404(Job.objects.all(), pk=job_id).pk)
    messages.info(request, "Trying again. It comes back here if it fails.")
    return redirect("attention")


@require_POST
@allowed("jobs.retry")
def settlement(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """A person did it by hand."""
    actions.settle(get_object_or_404(Job.objects.all(), pk=job_id).pk)
    messages.info(request, "Taken off the list.")
    return redirect("attention")


def _row(job: Job) -> dict[str, Any]:
    title, advice = effect_of(job.name)
    return {"job": job, "title": title, "advice": advice, "code": str(job.pk)[-8:]}
