"""Which fax of ours a confirmation may speak of."""

from datetime import timedelta

from intake.models import Arrival
from referrals.models import Dispatch

COMES_WITHIN = timedelta(days=7)


def fax_confirmed_by(arrival: Arrival) -> Dispatch | None:
    """The last fax that we sent to the number it comes from, within a week before."""
    if not arrival.from_number:
        return None
    sent: Dispatch | None = (
        Dispatch.objects.filter(
            channel="fax",
            to=arrival.from_number,
            sent_at__range=(arrival.received_at - COMES_WITHIN, arrival.received_at),
        )
        .select_related("referral")
        .order_by("-sent_at")
        .first()
    )
    return sent
