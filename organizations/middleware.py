"""Around each request: the organization's transaction, the idle clock, and private answers."""

import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.urls import get_script_prefix, set_script_prefix

from organizations.accounts import SealedMFAAdapter
from organizations.models import Membership
from organizations.scope import acting, organization_scope

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/o/"
LINK_PREFIXES = ("/p/", "/s/", "/r/", "/invitations/")
BACKGROUND = "X-Background"  # sent by polling: it must not keep a session awake


class PrivateResponsesMiddleware:
    """No copy of a page in a cache, no secret address in a Referer, no sensor for any script."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(LINK_PREFIXES):
            response.headers["Referrer-Policy"] = "no-referrer"
        return response


class IdleSignOutMiddleware:
    """Signs a person out after the organization's idle minutes (45 CFR 164.312(a)(2)(iii))."""

    REFRESH_SECONDS = 20

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = time.time()
        seen_at = request.session.setdefault("seen_at", now)
        if now - seen_at > 60 * request.session.get("idle_minutes", settings.IDLE_MINUTES_DEFAULT):
            logout(request)
            return _sign_in(request, reason="idle")
        if BACKGROUND not in request.headers and now - seen_at > self.REFRESH_SECONDS:
            request.session["seen_at"] = now
        return self.get_response(request)


class OrganizationMiddleware:
    """`/o/<slug>/...` is one organization's: members only, one transaction around view and rendering.

    The membership is read on every request. A stranger and a wrong slug get the same 404. Answers of 500 and
    above roll back; 4xx commit, so that the record of a refusal survives.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _sign_in(request)
        slug, _, rest = request.path_info.removeprefix(PREFIX).partition("/")
        membership = membership_of(request.user.pk, slug)
        if membership is None:
            return HttpResponseNotFound(render_to_string("404.html", request=request))
        if _lacks_second_factor(request, membership):
            return redirect("mfa_index")
        return self._inside(request, membership, rest)

    def _inside(self, request: HttpRequest, membership: Membership, rest: str) -> HttpResponse:
        organization = membership.organization
        request.membership = membership
        request.organization = organization
        request.urlconf = settings.ORGANIZATION_URLCONF
        request.path_info = f"/{rest}"
        if request.session.get("idle_minutes") != organization.idle_minutes:
            request.session["idle_minutes"] = organization.idle_minutes
        outer_prefix = get_script_prefix()
        set_script_prefix(f"{PREFIX}{organization.slug}/")
        try:
            with organization_scope(organization.pk, actor=f"user:{request.user.pk}"):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        finally:
            set_script_prefix(outer_prefix)
        return response


def membership_of(user_id: UUID, slug: str) -> Membership | None:
    """The person's active membership in the organization of that slug, or None."""
    with acting(f"user:{user_id}"):
        return (
            Membership.objects.select_related("organization", "user")
            .filter(user_id=user_id, organization__slug=slug, is_active=True, user__is_active=True)
            .first()
        )


def _lacks_second_factor(request: HttpRequest, membership: Membership) -> bool:
    return membership.organization.mfa_required and not SealedMFAAdapter().is_mfa_enabled(request.user)


def _sign_in(request: HttpRequest, *, reason: str = "") -> HttpResponse:
    if request.headers.get("HX-Request"):
        here = request.headers.get("HX-Current-URL", "/")
        address = redirect_to_login(here, resolve_url(settings.LOGIN_URL)).headers["Location"]
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    response = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if reason:
        response.headers["Location"] += f"&reason={reason}"
    return response
