"""What the directory's views share: an office of this organization, and the day at the clinic."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from organizations.web import MemberRequest
from providers.models import Practice


def office_of(office_id: UUID) -> Practice:
    """The office, else 404."""
    found: Practice = get_object_or_404(Practice.objects.all(), pk=office_id)
    return found


def today(request: MemberRequest) -> date:
    """The date on the clinic's wall."""
    return timezone.now().astimezone(request.organization.zone).date()


def back_to(request: MemberRequest, office_id: UUID, said: str) -> HttpResponse:
    """The office's page, with what was done."""
    messages.success(request, said)
    return redirect("office", office_id)


def first_error(form: Any) -> str:
    """The first thing wrong with a form, as a sentence."""
    return str(next(iter(form.errors.values()))[0])
