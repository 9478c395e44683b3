"""Addresses outside any organization: signing in, links for people without an account, machines."""

from django.conf import settings
from django.urls import include, path

from organizations.views import choosing, health, keeping

urlpatterns = [
    path("", choosing.home, name="home"),
    path("organizations/", choosing.choose, name="choose_organization"),
    path("still-here/", keeping.still_here, name="still_here"),
    # allauth's pages one by one: without an identity provider its social pages would lead nowhere.
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("", include("organizations.link_urls")),
    path("", include("referrals.link_urls")),
    path("hooks/", include("notifications.hook_urls")),
    path("hooks/", include("intake.hook_urls")),
    path("livez", health.live, name="live"),
    path("readyz", health.ready, name="ready"),
]
if settings.SANDBOX:
    urlpatterns.append(path("sandbox/", include("referralhub.sandbox.urls")))
handler500 = "organizations.web.trouble"
