"""How dates, times, phones and names are written on US pages. Pure: the caller says when and where it is."""

import re
from datetime import date, datetime, timedelta, tzinfo

MINUTE, HOUR, DAY = 60, 3600, 86_400
ROUND_TO_DAYS, ROUND_TO_HOURS = 2, 10  # from so many on, the smaller unit only distracts
NORTH_AMERICAN = re.compile(r"\+?1?(\d{3})(\d{3})(\d{4})")


def phone(number: str) -> str:
    """A North American number as (217) 555-0188; anything else as it was given."""
    match = NORTH_AMERICAN.fullmatch(number or "")
    return "({}) {}-{}".format(*match.groups()) if match else number or ""


def us_date(day: date | None) -> str:
    """Month, day, year with zeros, as staff type it: 03/14/1967. Nothing for no date.

    Raises TypeError for a moment, which is on different days in different places: see `day_of`.
    """
    if isinstance(day, datetime):
        raise TypeError("A moment has a day only in a time zone.")
    return f"{day:%m/%d/%Y}" if day else ""


def day_of(moment: datetime, *, zone: tzinfo) -> str:
    """The day of a moment on the clinic's calendar: 03/14/1967."""
    return us_date(moment.astimezone(zone).date())


def clock_time(moment: datetime) -> str:
    """The time of day of a moment already in its own zone: 8:12 AM."""
    return f"{moment:%I:%M %p}".lstrip("0")


def at_time(moment: datetime, *, now: datetime, zone: tzinfo) -> str:
    """A moment as the clinic's wall says it: Today 8:12 AM, 11/20 2:00 PM, 11/20/2025 2:00 PM."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    named = {today: "Today", today - timedelta(1): "Yesterday", today + timedelta(1): "Tomorrow"}
    written = f"{local:%m/%d}" if local.year == today.year else us_date(local.date())
    return f"{named.get(local.date(), written)} {clock_time(local)}"


def stamp(moment: datetime, *, zone: tzinfo) -> str:
    """A moment that still reads right next year, for paper: 11/25/2026 9:50 AM."""
    local = moment.astimezone(zone)
    return f"{us_date(local.date())} {clock_time(local)}"


def ago(moment: datetime, *, now: datetime) -> str:
    """How long ago, in the largest whole unit: just now, 6 minutes ago, 2 days ago."""
    seconds = (now - moment).total_seconds()
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def span(seconds: float) -> str:
    """A length of time in at most two units: 36m, 3h 05m, 18h, 1d 6h, 4d."""
    days, rest = divmod(int(seconds), DAY)
    hours, minutes = rest // HOUR, rest % HOUR // MINUTE
    if days >= ROUND_TO_DAYS or (days and not hours):
        return f"{days}d"
    if days:
        return f"{days}d {hours}h"
    if hours >= ROUND_TO_HOURS or (hours and not minutes):
        return f"{hours}h"
    return f"{hours}h {minutes:02}m" if hours else f"{minutes}m"


def time_left(seconds: float) -> str:
    """What a clock says: 2h 10m left, Overdue 1d 4h. The page's script ticks by the same rule."""
    return f"{span(seconds)} left" if seconds >= 0 else f"Overdue {span(-seconds)}"


def age(born: date, *, on: date) -> int:
    """Completed years of life on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def initials(name: str) -> str:
    """Two letters for an avatar, from either "Maria T. Ruiz" or "Ruiz, Maria T."."""
    last, comma, first = name.partition(",")
    words = f"{first} {last}".split() if comma else name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def percent(share: float) -> str:
    """A probability for people, never surer than it is: 61%, 99.4%, over 99.9%."""
    if share > 0.999:  # noqa: PLR2004
        return "over 99.9%"
    return f"{100 * share:.1f}%" if share >= 0.9 else f"{100 * share:.0f}%"  # noqa: PLR2004


def signed(weight: float) -> str:
    """A weight of evidence, to a tenth: +4.2, −3.0."""
    return f"{weight:+.1f}".replace("-", "−")
