"""Addresses inside one organization: served under `/o/<slug>/` by OrganizationMiddleware."""

from django.urls import include, path

from referralhub import subjects  # noqa: F401 (tells "Needs attention" what each job is about)

urlpatterns = [
    path("", include("referrals.urls")),
    path("faxes/", include("intake.urls")),
    path("insights/", include("analytics.urls")),
    path("attention/", include("jobs.urls")),
    path("audit/", include("audit.urls")),
    path("settings/", include("organizations.urls")),
]
handler500 = "organizations.web.trouble"
