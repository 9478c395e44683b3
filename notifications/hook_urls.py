"""Addresses at which partners tell us things, outside any organization's pages."""

from django.urls import path

from notifications import webhooks

urlpatterns = [path("sms/<str:token>/", webhooks.sms, name="hook_sms")]
