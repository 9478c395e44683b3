"""Writing the access log: in the request's own transaction, so that nothing is seen without a record."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from audit.models import AccessEvent
from organizations.scope import current_scope

Action = AccessEvent.Action


def looked_at(
    request: HttpRequest, thing: Any, *, patients: Iterable[UUID] = (), detail: str = ""
) -> AccessEvent:
    """Record that the person behind the request saw a row and these patients' data."""
    return record(request, Action.VIEW, thing=thing, patients=patients, detail=detail)


def searched(
    request: HttpRequest, kind: str, *, patients: Iterable[UUID] = (), detail: str = ""
) -> AccessEvent:
    """Record a list or search page and whose data it showed. Never the words that were typed."""
    return record(request, Action.SEARCH, kind=kind, patients=patients, detail=detail)


def record(
    request: HttpRequest,
    action: str,
    *,
    thing: Any = None,
    kind: str = "",
    patients: Iterable[UUID] = (),
    detail: str = "",
) -> AccessEvent:
    """Append one event. `thing` is a model row; its `number`, when it has one, is kept as the label."""
    user = request.user if request.user.is_authenticated else None
    return AccessEvent.objects.create(
        action=action,
        user=user,
        actor=current_scope().actor,
        actor_label=_label(request, user),
        object_type=kind or (thing._meta.model_name if thing is not None else "page"),
        object_id=getattr(thing, "pk", None),
        object_label=str(getattr(thing, "number", "")),
        patient_ids=list(dict.fromkeys(patients)),
        detail=detail[:200],
        address=request.META.get("REMOTE_ADDR") or None,
    )


def _label(request: HttpRequest, user: Any) -> str:
    if user is not None:
        return str(user)
    link = getattr(request, "link", None)
    return f"{link.purpose} link" if link else "unknown"
