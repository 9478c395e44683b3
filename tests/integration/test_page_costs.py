"""What the pages of patients and the directory read: as often for a long record as for a short one."""

import pytest

from organizations import crypto
from patients.actions import duplicates
from patients.models import Identifier, RelatedPerson
from providers.models import Endpoint, EndpointUse, Location, Network, NetworkMembership
from tests import factories
from tests.conftest import inside

MOST = 13  # of the page itself
OF_EVERY_PAGE = 10  # session, person, membership, others, counts, access log; and in a test two savepoints


@pytest.fixture
def maria(lakeside):
    with inside(lakeside):
        return factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz")


@pytest.fixture
def pair(maria, lakeside):
    with inside(lakeside):
        twin = factories.make_patient(given_name="Maria", family_name="Delgado Ruis")
        return duplicates.pair_up(one=maria, other=twin)


@pytest.fixture
def office(lakeside):
    with inside(lakeside):
        return factories.make_practice(name="Macon Kidney", fax="+12175550154")


def lengthen(patient, office):
    """Ten of all that a record or an office can have many of."""
    for number in range(10):
        factories.make_referral(patient=patient)
        Identifier.objects.create(patient=patient, authority=f"Hospital {number}", value=f"H{number}")
        RelatedPerson.objects.create(patient=patient, name=f"Person {number}", relation="proxy")
        other = factories.make_patient(given_name="Maria", family_name="Delgado-Ruiz")
        duplicates.pair_up(one=patient, other=other)
        way = Endpoint.objects.create(practice=office, kind="fax", address=f"+1217555{number:04}")
        EndpointUse.objects.create(endpoint=way, worked=True)
        Location.objects.create(practice=office, line1=f"{number} Oak St", city="Decatur", state="IL")
        clinician = factories.make_provider(practice=office, specialty=factories.make_specialty())
        network = Network.objects.create(name=f"Network {number}")
        NetworkMembership.objects.create(network=network, practice=office, provider=clinician, is_in=True)


ADDRESSES = [
    "patients/", "patients/{maria}/", "patients/{maria}/facts/", "patients/duplicates/",
    "patients/duplicates/{pair}/", "patients/duplicates/{pair}/merger/left/", "directory/", "directory/{office}/",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_reads_a_dozen_times_however_long_the_record(
    address, maria, pair, office, member, enter, lakeside, django_assert_max_num_queries
):
    browser = enter(member("manager"))
    whole = f"/o/lakeside/{address.format(maria=maria.pk, pair=pair.pk, office=office.pk)}"
    with inside(lakeside):
        lengthen(maria, office)
    browser.get(whole)
    crypto._uncommitted.clear()  # in a test no data key is ever committed, and each would be read anew
    browser.get(whole)
    with django_assert_max_num_queries(MOST + OF_EVERY_PAGE):
        assert browser.get(whole).status_code == 200
