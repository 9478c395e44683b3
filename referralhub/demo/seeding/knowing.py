"""What the directory knows beside names: ways in and how they worked, networks, and what offices want."""

from datetime import timedelta

from insurance.models import Plan
from providers.models import (
    AcceptanceCriterion,
    Endpoint,
    EndpointUse,
    Network,
    NetworkMembership,
    Practice,
)
from referralhub.demo import specialists
from referralhub.demo.seeding.clinic import Clinic

APART = timedelta(days=6, hours=5)
BUSY = "The line was busy."


def ways_in(clinic: Clinic) -> None:
    """Each office's numbers, and how the last faxes to it went."""
    faxes = {office.npi: tries for office, tries in specialists.FAXES.items()}
    for npi, office in clinic.directory.offices.items():
        _way(clinic, office, Endpoint.Kind.PHONE, office.phone)
        fax = _way(clinic, office, Endpoint.Kind.FAX, office.fax)
        tries = faxes.get(npi, "")
        for place, outcome in enumerate(tries):
            at = clinic.now - APART * (len(tries) - place) + timedelta(days=3)
            worked = outcome == "."
            use = EndpointUse(endpoint=fax, at=at, worked=worked, detail="" if worked else BUSY)
            clinic.rows.add(use)


def _way(clinic: Clinic, office: Practice, kind: str, address: str) -> Endpoint:
    return clinic.rows.found_or_added(
        Endpoint, {"is_preferred": True}, practice=office, kind=kind, address=address
    )


def networks(clinic: Clinic) -> None:
    """Who is in which network, and which plans it belongs to."""
    for name, (payer_ids, inside, outside) in specialists.NETWORKS.items():
        network = clinic.rows.found_or_added(Network, {}, name=name)
        for office, is_in in [*((one, True) for one in inside), *((one, False) for one in outside)]:
            row = clinic.directory.offices[office.npi]
            facts = {"is_in": is_in, "checked_at": clinic.now}
            clinic.rows.found_or_added(NetworkMembership, facts, network=network, practice=row)
        for plan in clinic.rows.of(Plan):
            if plan.payer.payer_id in payer_ids:
                plan.network = network


def criteria(clinic: Clinic) -> None:
    """What must come with a referral."""
    for code, text, kind, whose in specialists.CRITERIA:
        office = clinic.directory.offices[whose.npi] if whose else None
        specialty = clinic.directory.specialties[code]
        facts = {"document_kind": kind}
        clinic.rows.found_or_added(
            AcceptanceCriterion, facts, specialty=specialty, practice=office, text=text
        )
