"""When a text may ring: 8 in the morning to 9 in the evening at the clinic (47 CFR 64.1200(c)(1)). Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(21)


def wait_for_daytime(now: datetime, zone: ZoneInfo) -> timedelta | None:
    """How long until a text may be sent, or None when it may be sent now."""
    local = now.astimezone(zone)
    if OPENS <= local.time() < CLOSES:
        return None
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, zone) - now.astimezone(UTC)  # true hours, also when clocks change
