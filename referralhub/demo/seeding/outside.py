"""The specialty offices of the region that are neither of the demo's organizations."""

from providers.models import Affiliation, Location, Practice, Provider, Specialty
from referralhub.demo import specialists, world
from referralhub.demo.seeding.rows import Rows


def offices(rows: Rows, directory: dict[str, Practice], specialties: dict[str, Specialty]) -> None:
    """The specialty offices of the region, with their clinicians."""
    for office in specialists.OFFICES:
        directory[office.npi] = _office(office, rows)
    for person in specialists.SPECIALISTS:
        full_name, credential = person.name.split(", ")
        given, family = full_name.rsplit(" ", 1)
        facts = {
            "given_name": given,
            "family_name": family,
            "credential": credential,
            "specialty": specialties[person.specialty],
            "practice": directory[person.office.npi],
            "languages": list(person.languages),
            "accepts_new": person.accepts_new,
        }
        rows.found_or_added(Provider, facts, npi=person.npi)


def _office(office: world.Practice, rows: Rows) -> Practice:
    facts = {
        "name": office.name,
        "phone": office.phone,
        "fax": office.fax,
        "affiliation": Affiliation.OUTSIDE,
    }
    row = rows.found_or_added(Practice, facts, npi=office.npi)
    address = office.address
    place = {"city": address.city, "state": address.state, "postal_code": address.postcode}
    rows.found_or_added(Location, place, practice=row, line1=address.street)
    return row
