"""Coming in and being refused leave a record: a session's first page, a 403, a 404 for somebody else's id."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from audit.actions import record
from audit.models import AccessEvent

Action = AccessEvent.Action
REFUSALS = {403, 404}
OPENED = "opened_organizations"


class AccessLogMiddleware:
    """Runs inside the organization's transaction; a 4xx commits, so the record survives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Record the coming in before the page, and a refusal after it."""
        if getattr(request, "membership", None) is None:
            return self.get_response(request)
        _record_opening(request)
        response = self.get_response(request)
        if response.status_code in REFUSALS:
            where = request.resolver_match.view_name if request.resolver_match else "no such page"
            record(request, Action.REFUSED, kind="page", detail=f"{response.status_code} at {where}")
        return response


def _record_opening(request: Any) -> None:
    """Once a session and organization. After a 500 neither event nor session is kept: it is tried again."""
    here, opened = str(request.organization.pk), request.session.get(OPENED, [])
    if here not in opened:
        role = request.membership.role_label.lower()
        record(request, Action.SIGN_IN, kind="organization", detail=f"As {role}")
        request.session[OPENED] = [*opened, here]
