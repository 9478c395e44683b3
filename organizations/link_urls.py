"""Addresses for people invited to join, outside any organization."""

from django.urls import path

from organizations.views import joining

urlpatterns = [path("invitations/<str:token>/", joining.join, name="join")]
