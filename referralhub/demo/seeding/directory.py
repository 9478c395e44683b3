"""Specialties, offices and clinicians, as one organization's directory knows them."""

from dataclasses import dataclass

from organizations.models import Site
from providers.models import Affiliation, Location, Practice, Provider, Specialty
from referralhub.demo import practices, world
from referralhub.demo.seeding import outside
from referralhub.demo.seeding.rows import Rows
from referralhub.demo.specialists import LANGUAGES

OFFICES = (practices.LAKESIDE_PRACTICE, *practices.REFERRING_PRACTICES)


@dataclass(frozen=True)
class Directory:
    """Rows by what the demo world calls them: specialties by code, offices and clinicians by NPI."""

    specialties: dict[str, Specialty]
    offices: dict[str, Practice]
    clinicians: dict[str, Provider]
    ours: list[Provider]  # clinicians of this organization


def directory(organization: world.Organization, sites: dict[str, Site], rows: Rows) -> Directory:
    """Everybody is in both directories; only whose own office it is differs."""
    specialties = {
        code: rows.found_or_added(Specialty, {"name": specialty.name}, code=code)
        for code, specialty in practices.SPECIALTY_BY_CODE.items()
    }
    offices = {office.npi: _office(office, organization, rows) for office in OFFICES}
    outside.offices(rows, offices, specialties)
    clinicians = {
        clinician.npi: rows.found_or_added(
            Provider,
            {
                "given_name": clinician.first,
                "family_name": clinician.last,
                "credential": clinician.credential,
                "specialty": specialties[clinician.specialty],
                "practice": offices[clinician.practice.npi],
                "site": sites.get(clinician.site),
                "languages": list(LANGUAGES.get(clinician.full_name, ())),
                "accepts_new": True if clinician in practices.SPECIALISTS else None,
            },
            npi=clinician.npi,
        )
        for clinician in practices.PROVIDERS
    }
    ours = [clinicians[c.npi] for c in practices.PROVIDERS if c.practice.npi == organization.npi]
    return Directory(specialties, offices, clinicians, ours)


def _office(office: world.Practice, organization: world.Organization, rows: Rows) -> Practice:
    is_ours = office.npi == organization.npi
    affiliation = Affiliation.OURS if is_ours else Affiliation.PARTNER
    facts = {"name": office.name, "phone": office.phone, "fax": office.fax, "affiliation": affiliation}
    row = rows.found_or_added(Practice, {**facts, "is_ours": is_ours}, npi=office.npi)
    for phone, address in _addresses(office):
        _location(row, phone, address, rows)
    return row


def _addresses(office: world.Practice) -> list[tuple[str, world.Address]]:
    if office is practices.LAKESIDE_PRACTICE:
        return [(site.phone, site.address) for site in practices.LAKESIDE.sites]
    return [(office.phone, office.address)]


def _location(office: Practice, phone: str, address: world.Address, rows: Rows) -> None:
    facts = {"city": address.city, "state": address.state, "postal_code": address.postcode, "phone": phone}
    rows.found_or_added(Location, {**facts, "fax": office.fax}, practice=office, line1=address.street)
