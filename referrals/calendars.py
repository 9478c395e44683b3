"""An organization's working time: its hours, and the federal holidays (5 U.S.C. 6103)."""

from functools import lru_cache

import holidays

from organizations.models import Organization
from referrals.due import Calendar


def calendar_of(organization: Organization) -> Calendar:
    """When this clinic works."""
    return Calendar(
        zone=organization.zone,
        opens=organization.opens_at,
        closes=organization.closes_at,
        holidays=_federal_holidays(),
    )


@lru_cache(maxsize=1)
def _federal_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("US")
