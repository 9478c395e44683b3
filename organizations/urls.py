"""Under `/o/<slug>/settings/`."""

from django.urls import path

from organizations.views import managing

urlpatterns = [
    path("", managing.facts, name="settings"),
    path("people/", managing.people, name="people"),
    path("people/<uuid:membership_id>/role/", managing.role, name="person_role"),
    path("people/<uuid:membership_id>/departure/", managing.departure, name="person_departure"),
    path("roles/", managing.roles, name="roles"),
]
