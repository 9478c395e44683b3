"""What the "Needs attention" page shows."""

from datetime import datetime, timedelta
from typing import Any

from jobs.actions import MAX_ATTEMPTS
from jobs.models import Job

SHOWN = 100


def attention(view: str, now: datetime) -> dict[str, Any]:
    """The jobs of one view (open, retrying or fixed) and the count of each view."""
    fixed_since = now - timedelta(days=7)
    lists = {
        "open": Job.objects.stuck().order_by("dead_at"),
        "retrying": Job.objects.retrying().order_by("available_at"),
        "fixed": Job.objects.exclude(settled_at=None)
        .filter(settled_at__gte=fixed_since)
        .order_by("-settled_at"),
    }
    done_today = Job.objects.filter(done_at__gte=now - timedelta(hours=24)).count()
    retrying = lists["retrying"].count()
    return {
        "view": view if view in lists else "open",
        "jobs": list(lists.get(view, lists["open"])[:SHOWN]),
        "counts": {name: jobs.count() for name, jobs in lists.items()},
        "done_sentence": f"{done_today:,} jobs finished in the last day. {retrying} are trying again by themselves.",
        "max_attempts": MAX_ATTEMPTS,
    }
