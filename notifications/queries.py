"""Reads of messages that concern their delivery."""

from datetime import datetime
from uuid import UUID

from jobs.models import Job
from notifications.models import Message


def waiting_for_the_morning(now: datetime) -> list[UUID]:
    """Texts of the organization in scope that nobody has tried to send, because they may not ring yet."""
    jobs = Job.objects.waiting().filter(name="notifications.deliver", attempts=0, available_at__gt=now)
    about = [ids[0] for ids in jobs.values_list("ids", flat=True)]
    queued = Message.objects.filter(pk__in=about, state=Message.State.QUEUED)
    return list(queued.order_by("queued_at").values_list("pk", flat=True))
