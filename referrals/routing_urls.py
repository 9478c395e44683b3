"""Under `/o/<slug>/settings/routing/`."""

from django.urls import path

from referrals.views import routing

urlpatterns = [
    path("", routing.routing_settings, name="routing_settings"),
    path("plans/", routing.plan_networks, name="plan_networks"),
]
