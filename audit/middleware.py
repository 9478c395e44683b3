"""Every refusal inside an organization leaves a record: a 403, or a 404 for somebody else's id."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.actions import record
from audit.models import AccessEvent

REFUSALS = {403, 404}


class RefusalMiddleware:
    """Runs inside the organization's transaction; a 4xx commits, so the record survives."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSALS and getattr(request, "membership", None) is not None:
            match = getattr(request, "resolver_match", None)
            where = match.view_name if match else "no such page"
            record(
                request, AccessEvent.Action.REFUSED, kind="page", detail=f"{response.status_code} at {where}"
            )
        return response
