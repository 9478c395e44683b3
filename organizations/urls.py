"""Under `/o/<slug>/settings/`."""

from django.urls import path

from organizations.views import managing, people

urlpatterns = [
    path("", managing.facts, name="settings"),
    path("roles/", managing.roles, name="roles"),
    path("people/", people.people, name="people"),
    path("people/<uuid:membership_id>/role/", people.role, name="person_role"),
    path("people/<uuid:membership_id>/departure/", people.departure, name="person_departure"),
    path("invitations/<uuid:invitation_id>/withdrawal/", people.withdrawal, name="invitation_withdrawal"),
]
