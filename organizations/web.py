"""What views share: who may come in, how a page or its part is answered, and the frame around pages."""

import sys
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from psycopg_pool import PoolTimeout

from organizations.links import find
from organizations.models import AccessLink, Membership, Organization, User, organization_named
from organizations.roles import PERMISSIONS
from organizations.scope import acting, current_scope, organization_scope

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]
WITHOUT_DATABASE = (OperationalError, InterfaceError, PoolTimeout)


class MemberRequest(HttpRequest):
    """A request inside an organization, by one of its members."""

    user: User
    membership: Membership
    organization: Organization


class LinkRequest(HttpRequest):
    """A request by whoever holds a link."""

    organization: Organization
    link: AccessLink


def allowed(permission: str) -> Callable[[View[P]], View[P]]:
    """Open the view to members whose role grants the permission, and to nobody else (403)."""
    if permission not in PERMISSIONS:
        raise KeyError(f"Unknown permission {permission!r}.")

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.membership.may(permission):
                raise PermissionDenied(f"Your role, {request.membership.role_label}, may not do this.")
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: View[P]) -> View[P]:
    """Open the view to anybody with an account, outside any organization."""
    guarded = login_required(view)
    guarded.permission = "signed in"  # type: ignore[attr-defined]
    return guarded


def public(view: View[P]) -> View[P]:
    """Open the view to everybody. It must show nothing that belongs to an organization."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def by_link(purpose: str) -> Callable[[View[P]], View[P]]:
    """Open the view to whoever holds a live link of this purpose, inside its organization's transaction.

    The view finds the link at `request.link`. A dead, wrong or foreign token all get the same page (410).
    """

    def decorate(view: Callable[..., HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            organization_id = organization_named(token[:4].upper())
            if organization_id is None:
                return link_gone(request)
            answer = partial(view, request, token, *args, **kwargs)
            return _inside(request, organization_id, lambda: _through(request, purpose, token, answer))

        guarded.permission = f"link:{purpose}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def _inside(request: HttpRequest, organization_id: UUID, answer: Callable[[], HttpResponse]) -> HttpResponse:
    with organization_scope(organization_id, actor="link:unknown"):
        response = answer()
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
    return response


def _through(request: Any, purpose: str, token: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    link = find(token, purpose=purpose)
    if link is None or not link.is_open(timezone.now()):
        return link_gone(request, link.organization if link else None)
    request.link = link
    request.organization = link.organization
    with organization_scope(link.organization_id, actor=f"link:{link.pk}"):
        response = view()
        if hasattr(response, "render"):
            response.render()
        return response


def link_gone(request: HttpRequest, organization: Any = None) -> HttpResponse:
    """What a dead link shows: how to get a new one, and nothing about anybody."""
    return render(request, "link_gone.html", {"organization": organization}, status=410)


def refresh(
    request: HttpRequest, page: str, partial: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer htmx with the changed part of the page, a plain browser with the page itself."""
    if request.headers.get("HX-Request"):
        return render(request, partial, context, status=status)
    return redirect(page)


def memberships_of(user_id: UUID | str) -> list[Membership]:
    """Everywhere this person works, by name. Row security shows a person their own memberships."""
    with acting(f"user:{user_id}") if current_scope().organization_id is None else nullcontext():
        return list(
            Membership.objects.select_related("organization")
            .filter(user_id=user_id, is_active=True)
            .order_by("organization__name")
        )


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the organization, the member and the clock around every page."""
    membership = getattr(request, "membership", None)
    organization = getattr(request, "organization", None)
    return {
        "organization": organization,
        "membership": membership,
        "now": timezone.now(),
        "zone": organization.zone if organization else timezone.get_default_timezone(),
        "idle_seconds": 60 * organization.idle_minutes if membership and organization else 0,
        "sandbox": settings.SANDBOX,
    }


def way_back(request: HttpRequest) -> str:
    """The page to return to after signing in: never the address of a form, which a browser cannot open."""
    if request.headers.get("HX-Request"):
        page = request.headers.get("HX-Current-URL", "")
    elif request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    else:
        page = request.headers.get("Referer", "")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose anti-forgery token is old: say so, keep the person's way back."""
    return HttpResponse(render_to_string("403_stale.html", {"here": way_back(request)}), status=403)


def trouble(request: HttpRequest) -> HttpResponse:
    """handler500: 503 when the database is away, 500 otherwise; both rendered without any query."""
    if isinstance(sys.exc_info()[1], WITHOUT_DATABASE):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})
    return HttpResponse(render_to_string("500.html"), status=500)
