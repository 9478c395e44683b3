"""Under `/o/<slug>/settings/faxes/`."""

from django.urls import path

from intake.views import rules

urlpatterns = [
    path("", rules.fax_rules, name="fax_rules"),
    path("lessons/<uuid:lesson_id>/forgetting/", rules.fax_lesson_forgetting, name="fax_lesson_forgetting"),
    path("reliability/", rules.fax_reliability, name="fax_reliability"),
]
