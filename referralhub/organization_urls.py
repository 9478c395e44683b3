"""Addresses inside one organization: served under `/o/<slug>/` by OrganizationMiddleware."""

from django.urls import include, path

from referralhub import subjects  # noqa: F401 (tells "Needs attention" what each job is about)

urlpatterns = [
    path("", include("referrals.urls")),
    path("patients/", include("referrals.patient_urls")),
    path("patients/", include("patients.urls")),
    path("faxes/", include("intake.urls")),
    path("directory/", include("providers.urls")),
    path("insights/", include("analytics.urls")),
    path("attention/", include("jobs.urls")),
    path("audit/", include("audit.urls")),
    path("settings/fax-lines/", include("intake.line_urls")),
    path("settings/faxes/", include("intake.rules_urls")),
    path("settings/matching/", include("patients.rules_urls")),
    path("settings/routing/", include("referrals.routing_urls")),
    path("settings/", include("organizations.urls")),
]
handler500 = "organizations.web.trouble"
