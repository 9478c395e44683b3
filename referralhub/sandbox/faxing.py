"""A fax sent in by hand: through the organization's signed line, where there is one, as any sender's."""

from intake import webhooks
from intake.actions import arriving
from intake.models import Arrival, Delivery, FaxLine
from organizations.models import Organization
from organizations.scope import organization_scope

ACTOR = "command:sandbox"


def send_in(organization: Organization, content: bytes, *, file_name: str, sender: str) -> Arrival | None:
    """What became of the fax; None when the door refused it. Without a signed line it is simply put down."""
    with organization_scope(organization.pk, actor=ACTOR):
        line = FaxLine.objects.filter(vendor=FaxLine.Vendor.SIGNED, is_open=True).first()
        if line is None:
            return arriving.receive(content, source="fax", file_name=file_name, from_number=sender)
    identity = webhooks.play_service(organization, line, content=content, sender=sender)
    with organization_scope(organization.pk, actor=ACTOR):
        told = Delivery.objects.select_related("arrival").filter(line=line, vendor_id=identity).first()
        arrival: Arrival | None = told.arrival if told else None
    return arrival
