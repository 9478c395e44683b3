"""Around each request: the organization's transaction, the idle clock, and private answers."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
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
from organizations.web import way_back

Answer = Callable[[HttpRequest], HttpResponse]
PREFIX = "/o/"
BACKGROUND = "X-Background"  # sent by polling: it must not keep a session awake


class PrivateResponsesMiddleware:
    """No copy of a page in a cache, no sensor for any script."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the answer does not have yet."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class IdleSignOutMiddleware:
    """Signs a person out after the organization's idle minutes (45 CFR 164.312(a)(2)(iii)) and each 12 hours.

    The request goes on as nobody's: a page that needs a person leads to the door, which says why.
    """

    REFRESH_SECONDS = 20

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session, or move its idle clock unless the browser only polls."""
        if request.user.is_authenticated:
            now = time.time()
            if reason := _why_over(request.session, now):
                logout(request)
                request.signed_out = reason  # type: ignore[attr-defined]
            elif (
                now - request.session["seen_at"] > self.REFRESH_SECONDS and BACKGROUND not in request.headers
            ):
                request.session["seen_at"] = now
        return self.get_response(request)


def _why_over(session: Any, now: float) -> str:
    """Why a session ends now: "idle", "long" or nothing. Its own expiry moves whenever it is saved."""
    seen_at, began_at = session.setdefault("seen_at", now), session.setdefault("began_at", now)
    if now - seen_at > 60 * session.get("idle_minutes", settings.IDLE_MINUTES_DEFAULT):
        return "idle"
    return "long" if now - began_at > settings.SESSION_COOKIE_AGE else ""


class OrganizationMiddleware:
    """`/o/<slug>/...` is one organization's: members only, one transaction around view and rendering.

    The membership is read on every request. A stranger and a wrong slug get the same 404. Answers of 500 and
    above roll back; 4xx commit, so that the record of a refusal survives.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let members in, lead strangers to the door, and hide that an organization exists."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _sign_in(request)
        slug, _, rest = request.path_info.removeprefix(PREFIX).partition("/")
        membership = membership_of(request.user.pk, slug)
        if membership is None:
            return HttpResponseNotFound(render_to_string("404.html", request=request))
        if _lacks_second_factor(request, membership):
            return _lead_to(request, f"{resolve_url('mfa_index')}?needed=yes")
        return self._inside(request, membership, rest)

    def _inside(self, request: Any, membership: Membership, rest: str) -> HttpResponse:
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
                if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
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


def _sign_in(request: HttpRequest) -> HttpResponse:
    door = redirect_to_login(way_back(request), resolve_url(settings.LOGIN_URL)).headers["Location"]
    reason = getattr(request, "signed_out", "")
    return _lead_to(request, f"{door}&reason={reason}" if reason else door)


def _lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to another page, the whole of it: htmx would put it into a part of this one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)
