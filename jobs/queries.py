"""What the "Needs attention" page shows."""

from datetime import datetime, timedelta
from typing import Any

from jobs.actions import MAX_ATTEMPTS
from jobs.models import Job

SHOWN, SOON = 100, 5
SETTLED_FOR = timedelta(days=7)


def attention(view: str, now: datetime) -> dict[str, Any]:
    """The jobs of one view (open, retrying or fixed), the count of each, and what is tried again soonest."""
    lists = {
        "open": Job.objects.stuck().order_by("dead_at"),
        "retrying": Job.objects.retrying().order_by("available_at"),
        "fixed": Job.objects.filter(settled_at__gte=now - SETTLED_FOR).order_by("-settled_at"),
    }
    view = view if view in lists else "open"
    return {
        "view": view,
        "jobs": list(lists[view].select_related("settled_by")[:SHOWN]),
        "soon": list(lists["retrying"][:SOON]) if view == "open" else [],
        "counts": {name: jobs.count() for name, jobs in lists.items()},
        "shown": SHOWN,
        "done_today": Job.objects.filter(done_at__gte=now - timedelta(hours=24)).count(),
        "max_attempts": MAX_ATTEMPTS,
    }
