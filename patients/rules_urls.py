"""Under `/o/<slug>/settings/matching/`."""

from django.urls import path

from patients.views import rules

urlpatterns = [path("", rules.matching_rules, name="matching_rules")]
