"""Needs attention: what the system could not finish alone, why, and Retry."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jobs import actions, queries
from jobs.effects import effect_of
from jobs.models import Job
from jobs.subjects import Subject, subjects_of
from organizations.web import MemberRequest, allowed


@require_GET
@allowed("jobs.view")
def attention(request: MemberRequest) -> HttpResponse:
    """Stuck work with its reason; what retries by itself; what was settled this week."""
    context = queries.attention(request.GET.get("view", "open"), timezone.now())
    context["rows"], context["soon"] = _rows(context["jobs"]), _rows(context["soon"])
    return render(request, "jobs/attention.html", context)


@require_POST
@allowed("jobs.retry")
def retrial(request: MemberRequest, job_id: UUID) -> HttpResponse:
    """Try a job again now."""
    tried = actions.retry(get_object_or_404(Job.objects.all(), pk=job_id).pk)
    messages.info(
        request,
        "Trying again. It comes back here if it fails." if tried else "It is done, or being tried right now.",
    )
    return redirect("attention")


@require_POST
@allowed("jobs.retry")
def settlement(request: MemberRequest, job_id: UUID) -> HttpResponse:
    """A person did it by hand."""
    settled = actions.settle(get_object_or_404(Job.objects.all(), pk=job_id).pk, by=request.user)
    messages.info(request, "Taken off the list." if settled else "It is not stuck any more.")
    return redirect("attention")


def _rows(jobs: list[Job]) -> list[dict[str, Any]]:
    subjects = subjects_of(jobs)
    return [_row(job, subjects.get(job.pk)) for job in jobs]


def _row(job: Job, subject: Subject | None) -> dict[str, Any]:
    title, advice = effect_of(job.name)
    return {"job": job, "title": title, "advice": advice, "subject": subject, "code": str(job.pk)[-8:]}
