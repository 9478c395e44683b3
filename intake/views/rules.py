"""Settings of reading: accepting without a person, what corrections taught, and how far to believe it."""

from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake import fields, measuring, reliability
from intake.actions import accepting_alone, claiming, learning
from intake.models import Arrival, Reading, ReviewRules, SenderLesson
from intake.rules_forms import RulesForm
from intake.views import page
from organizations.web import MemberRequest, allowed
from providers.models import Practice
from referrals.lifecycle import IllegalMove


@require_http_methods(["GET", "POST"])
@allowed("organization.manage")
def fax_rules(request: MemberRequest) -> HttpResponse:
    """The rule with what it would have done, and the lessons by sender."""
    rules, now = ReviewRules.objects.first() or ReviewRules(), timezone.now()
    in_force = rules.at_least
    form = RulesForm(request.POST or None, instance=rules, measure=partial(measuring.measured, now=now))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.info(request, "Saved.")
        return redirect("fax_rules")
    context = {
        "form": form,
        "measured": measuring.measured(in_force, now),
        "at_least": f"{100 * in_force:g} %",
        "alone": Reading.objects.filter(by_rule=True, handled_at__gte=now - measuring.WINDOW).count(),
        "senders": _lessons(),
    }
    return render(request, "intake/rules.html", context, status=422 if form.errors else 200)


def _lessons() -> list[dict[str, Any]]:
    """What was learned, by sender."""
    lessons = SenderLesson.objects.filter(dropped_at=None).order_by("from_number", "wording")
    names = dict(Practice.objects.exclude(fax="").values_list("fax", "name"))
    return [
        {"number": number, "name": names.get(number, ""), "lessons": [_lesson(one) for one in those]}
        for number, those in groupby(lessons, key=lambda lesson: lesson.from_number)
    ]


def _lesson(lesson: SenderLesson) -> dict[str, Any]:
    field = fields.BY_KEY.get(lesson.key)
    label = f"{field.group}: {field.label}" if field else lesson.key
    return {"row": lesson, "field": label, "applies": lesson.times >= learning.APPLIES_FROM}


@require_POST
@allowed("organization.manage")
def fax_lesson_forgetting(request: MemberRequest, lesson_id: UUID) -> HttpResponse:
    """Take one lesson back."""
    lesson = learning.forget(get_object_or_404(SenderLesson.objects.all(), pk=lesson_id).pk)
    messages.info(request, f"Forgotten: “{lesson.wording}”.")
    return redirect("fax_rules")


@require_GET
@allowed("analytics.view")
def fax_reliability(request: MemberRequest) -> HttpResponse:
    """Confidence beside truth: on the training's own pages, and in this organization. It names no patient."""
    own = measuring.own_bins(timezone.now())
    trained = [
        reliability.chart(f"When the reader was trained: {name}", bins)
        for name, bins in reliability.trained().items()
    ]
    charts = [reliability.chart("Here, in the last 90 days", own), *trained]
    return render(request, "intake/reliability.html", {"charts": charts, "side": reliability.SIDE})


@require_POST
@allowed("intake.review")
def fax_rule_undoing(request: MemberRequest, arrival_id: UUID) -> HttpResponse:
    """Take back what the rule accepted."""
    arrival: Arrival = page.arrival_or_404(arrival_id)
    try:
        accepting_alone.undo(arrival_id=arrival.pk, membership=request.membership)
    except (accepting_alone.NotByRule, claiming.Held, IllegalMove) as reason:
        messages.error(request, str(reason))
    else:
        messages.info(request, "Taken back. Check it now, or refuse it.")
    return redirect("fax_review", arrival.pk)
