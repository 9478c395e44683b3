"""Addresses at which fax services tell us of faxes, outside any organization's pages."""

from django.urls import path

from intake import webhooks
from intake.lines import HOOKS

urlpatterns = [
    path(f"{kind}/<str:token>/", webhooks.fax, {"vendor": vendor.value}, name=f"hook_{kind}")
    for vendor, kind in HOOKS.items()
]
