"""Addresses inside one organization: served under `/o/<slug>/` by OrganizationMiddleware."""

from django.urls import include, path

urlpatterns = [
    path("", include("referrals.urls")),
    path("faxes/", include("intake.urls")),
    path("insights/", include("analytics.urls")),
    path("attention/", include("jobs.urls")),
    path("audit/", include("audit.urls")),
    path("settings/", include("organizations.urls")),
]
handler500 = "organizations.web.trouble"
