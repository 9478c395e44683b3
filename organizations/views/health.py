"""For load balancers and supervisors. Neither page says anything about data."""

from functools import lru_cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from organizations.web import WITHOUT_DATABASE, public


@require_safe
@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("live\n", content_type="text/plain")


@require_safe
@public
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; 503 with the missing part otherwise."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except WITHOUT_DATABASE:
        return JsonResponse({"ready": False, "missing": "database"}, status=503)
    if not newest_migrations() <= set(applied):
        return JsonResponse({"ready": False, "missing": "migrations"}, status=503)
    return JsonResponse({"ready": True})


@lru_cache(maxsize=1)
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app as this process's code has them: read once, the files do not change."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
