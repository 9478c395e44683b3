"""The directory on screen: finding an office, keeping its entry right, saying what is wrong."""

import pytest
from django.core.management import CommandError, call_command

from benchmarks import npi_files as files
from insurance.models import Payer, Plan
from providers.models import (
    AcceptanceCriterion,
    DirectoryReport,
    Endpoint,
    Location,
    Network,
    NetworkMembership,
    Practice,
    Provider,
    RegistryEntry,
    Specialty,
    TaxonomyCode,
)
from tests.conftest import inside
from tests.factories import make_npi, make_practice, make_provider, make_specialty

HERE = "/o/lakeside/directory/"


@pytest.fixture
def desk(member, enter):
    return enter(member("front_desk"))


@pytest.fixture
def manager(member, enter):
    return enter(member("manager"))


@pytest.fixture
def kidney(lakeside):
    """An office in Decatur with a nephrologist who speaks Spanish."""
    with inside(lakeside):
        office = make_practice(name="Macon Kidney", fax="+12175550154", npi=make_npi(), affiliation="outside")
        Location.objects.create(
            practice=office, line1="302 W Pershing Rd", city="Decatur", state="IL", postal_code="62526"
        )
        make_provider(
            practice=office, given_name="Silas", family_name="Okonjo", languages=["es"], accepts_new=True,
            specialty=make_specialty("nephrology", "Nephrology"),
        )  # fmt: skip
        return office


@pytest.fixture
def heart(lakeside):
    """An office in Chicago with a cardiologist."""
    with inside(lakeside):
        office = make_practice(name="Loop Heart", fax="+13125550111", phone="")
        Location.objects.create(
            practice=office, line1="1 State St", city="Chicago", state="IL", postal_code="60601"
        )
        make_provider(practice=office, family_name="Vance", specialty=make_specialty())
        return office


def listed(browser, **query):
    """The names on the list, in order."""
    return [row["row"].office.name for row in browser.get(HERE, query).context["rows"]]


# ---------------------------------------------------------------- finding
@pytest.mark.parametrize(
    "typed",
    [
        "kidney",
        "Okonjo",
        "okonjo silas",
        "nephrology",
        "decatur",
        "62526",
        "(217) 555-0154",
        "macon, nephr",
        "5550154",
    ],
)
def test_an_office_is_found_by_whatever_one_knows_of_it(typed, desk, kidney, heart):
    assert listed(desk, q=typed) == ["Macon Kidney"]


def test_an_office_is_found_by_its_own_npi_or_a_clinicians(desk, kidney, heart, lakeside):
    with inside(lakeside):
        npis = [kidney.npi, Provider.objects.get(practice=kidney).npi]
    assert [listed(desk, q=npi) for npi in npis] == [["Macon Kidney"]] * 2


@pytest.mark.parametrize(
    "query",
    [
        {"specialty": "nephrology"},
        {"language": "es"},
        {"new": "on"},
        {"affiliation": "outside"},
        {"zip": "62521", "miles": "25"},
    ],
)
def test_a_filter_leaves_what_fits(query, desk, kidney, heart):
    assert listed(desk, **query) == ["Macon Kidney"]


def test_with_a_zip_code_the_nearest_office_comes_first_and_says_how_far(desk, kidney, heart):
    rows = desk.get(HERE, {"zip": "60602"}).context["rows"]
    assert [row["row"].office.name for row in rows] == ["Loop Heart", "Macon Kidney"]
    assert rows[0]["row"].miles < 2
    assert rows[1]["row"].miles > 100


def test_whether_an_office_is_in_a_network_is_shown_and_filtered_by(desk, kidney, heart, lakeside):
    with inside(lakeside):
        network = Network.objects.create(name="Heritage network")
        NetworkMembership.objects.create(network=network, practice=kidney, is_in=True)
        NetworkMembership.objects.create(network=network, practice=heart, is_in=False)
    rows = desk.get(HERE, {"network": network.pk}).context["rows"]
    assert [row["network"] for row in rows] == ["Out of network", "In network"]
    assert listed(desk, network=network.pk, only_in="on") == ["Macon Kidney"]


def test_the_network_of_a_plan_is_asked_for_by_the_plans_name(desk, kidney, heart, lakeside):
    with inside(lakeside):
        network = Network.objects.create(name="Heritage network")
        payer = Payer.objects.create(name="Heritage", payer_id="H1")
        plan = Plan.objects.create(payer=payer, name="Heritage HMO Core", network=network)
        NetworkMembership.objects.create(network=network, practice=kidney, is_in=True)
    assert "Heritage HMO Core" in desk.get(HERE).content.decode()
    assert listed(desk, network=f"{network.pk}.{plan.pk}", only_in="on") == ["Macon Kidney"]


@pytest.mark.parametrize("query", [{}, {"zip": "62526"}, {"q": "kidney", "specialty": "nephrology"}])
def test_the_list_takes_at_most_ten_queries(query, desk, kidney, heart, django_assert_max_num_queries):
    desk.get(HERE)
    with django_assert_max_num_queries(10 + 4):  # beside what every page of a member reads
        assert desk.get(HERE, query).status_code == 200


def test_a_long_list_comes_in_pages(desk, lakeside):
    with inside(lakeside):
        for number in range(30):
            make_practice(name=f"Office {number:02}")
    first, second = listed(desk), listed(desk, page=2)
    assert (len(first), len(second), first[0], second[-1]) == (25, 5, "Office 00", "Office 29")
    assert listed(desk, page=2, zip="62704") == second


@pytest.mark.parametrize(
    "query", [{"zip": "abc"}, {"miles": "-1"}, {"network": "x"}, {"page": "0"}, {"page": "9" * 40}]
)
def test_a_search_that_makes_no_sense_is_answered(query, desk, kidney):
    assert desk.get(HERE, query).status_code == 200


# ---------------------------------------------------------------- one office
def test_the_page_of_an_office_shows_what_is_known(desk, kidney, lakeside):
    with inside(lakeside):
        AcceptanceCriterion.objects.create(
            specialty=Specialty.objects.get(code="nephrology"), text="Recent eGFR"
        )
    page = desk.get(f"{HERE}{kidney.pk}/").content.decode()
    for words in (
        "302 W Pershing",
        "Silas Okonjo",
        "Spanish",
        "(217) 555-0154",
        "Not tried yet",
        "Recent eGFR",
    ):
        assert words in page


def test_one_tap_confirms_an_entry(desk, kidney, lakeside):
    answer = desk.post(f"{HERE}{kidney.pk}/confirmation/", follow=True)
    assert "Confirmed <b>just now" in answer.content.decode()


def test_the_desk_reports_and_does_not_change(desk, kidney):
    assert desk.get(f"{HERE}{kidney.pk}/facts/").status_code == 403
    assert b"Stop using" not in desk.get(f"{HERE}{kidney.pk}/").content


def test_a_wrong_fax_is_reported_with_one_tap_and_settled_by_a_manager(desk, manager, kidney, lakeside):
    with inside(lakeside):
        fax = Endpoint.objects.get(practice=kidney, kind="fax")
    for _ in range(2):
        desk.post(f"{HERE}{kidney.pk}/reports/", {"what": "fax", "endpoint_id": fax.pk})
    assert (
        "Reported wrong:</b> the fax number (217) 555-0154"
        in desk.get(f"{HERE}{kidney.pk}/").content.decode()
    )
    with inside(lakeside):
        report = DirectoryReport.objects.get()
    assert "The fax number" in manager.get(f"{HERE}reports/").content.decode()
    settled = {"outcome": "They moved; new number asked for", "closes": "on"}
    manager.post(f"{HERE}reports/{report.pk}/settlement/", settled)
    with inside(lakeside):
        assert (fax.refresh().closed_at is not None, kidney.refresh().fax) == (True, "")
        assert (report.refresh().outcome, kidney.reports.filter(settled_at=None).count()) == (
            settled["outcome"],
            0,
        )


def test_a_report_that_is_settled_already_says_so(manager, desk, kidney, lakeside):
    desk.post(f"{HERE}{kidney.pk}/reports/", {"what": "address"})
    with inside(lakeside):
        address = f"{HERE}reports/{DirectoryReport.objects.get().pk}/settlement/"
    manager.post(address, {"outcome": "It is right"})
    assert b"settled it already" in manager.post(address, {"outcome": "Again"}, follow=True).content


def test_a_report_must_say_what_is_wrong_and_of_this_office(desk, kidney, heart, lakeside):
    with inside(lakeside):
        other = Endpoint.objects.get(practice=heart, kind="fax")
    address = f"{HERE}{kidney.pk}/reports/"
    assert desk.post(address, {"what": "weather"}, follow=True).status_code == 200
    assert desk.post(address, {"what": "fax", "endpoint_id": other.pk}).status_code == 404
    with inside(lakeside):
        assert not DirectoryReport.objects.exists()


# ---------------------------------------------------------------- changing
def office_facts(**changed):
    return {
        "name": "Macon Kidney Care",
        "affiliation": "partner",
        "npi": "",
        "phone": "217-555-0100",
        "fax": "",
        **changed,
    }


def test_a_manager_corrects_an_office(manager, kidney, lakeside):
    manager.post(f"{HERE}{kidney.pk}/facts/", office_facts())
    with inside(lakeside):
        assert (kidney.refresh().name, kidney.phone) == ("Macon Kidney Care", "+12175550100")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"npi": "1234567890"}, "check digit is wrong"),
        ({"phone": "555"}, "with its area code"),
        ({"name": ""}, "required"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changed, sentence, manager, kidney):
    answer = manager.post(f"{HERE}{kidney.pk}/facts/", office_facts(**changed))
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_an_address_is_added_corrected_and_removed(manager, kidney, lakeside):
    place = {"line1": "1 Main St", "city": "Lincoln", "state": "il", "postal_code": "62656"}
    manager.post(f"{HERE}{kidney.pk}/locations/", place)
    with inside(lakeside):
        second = kidney.locations.get(city="Lincoln")
        assert second.state == "IL"
    manager.post(f"{HERE}locations/{second.pk}/", {**place, "line1": "2 Main St"})
    with inside(lakeside):
        assert second.refresh().line1 == "2 Main St"
    manager.post(f"{HERE}locations/{second.pk}/removal/")
    with inside(lakeside):
        assert kidney.locations.count() == 1


def test_a_clinician_is_corrected(manager, kidney, lakeside):
    with inside(lakeside):
        person = Provider.objects.get(practice=kidney)
    facts = {"given_name": "Silas", "family_name": "Okonjo", "npi": person.npi, "specialty": "urology", "accepts_new": "no",
             "languages": ["es", "fr"], "is_active": "on"}  # fmt: skip
    assert manager.post(f"{HERE}clinicians/{person.pk}/", facts).status_code == 302
    with inside(lakeside):
        now = person.refresh()
        assert (now.accepts_new, now.languages, now.specialty.name) == (False, ["es", "fr"], "Urology")


# ---------------------------------------------------------------- the register
@pytest.fixture
def register(db, tmp_path):
    path = tmp_path / "npidata.csv"
    files.write(path, rows=60)
    call_command("import_npi_registry", str(path))


def test_an_office_is_added_from_the_register(manager, register, lakeside):
    entry = RegistryEntry.objects.filter(is_person=False, deactivated_on=None).first()
    assert entry.npi in manager.get(f"{HERE}add/", {"q": entry.name}).content.decode()
    form = manager.get(f"{HERE}new/", {"npi": entry.npi}).context["form"]
    facts = {name: value for name in form.fields if (value := form[name].value())}
    manager.post(f"{HERE}new/?npi={entry.npi}", facts)
    with inside(lakeside):
        office = Practice.objects.get(npi=entry.npi)
        assert (office.fax, office.locations.get().postal_code) == (entry.fax, entry.postal_code)
    assert b"In the directory" in manager.get(f"{HERE}add/", {"q": entry.npi}).content


def test_a_clinician_of_the_register_leads_from_their_office_to_themselves(manager, register, lakeside):
    entry = RegistryEntry.objects.filter(is_person=True, deactivated_on=None).first()
    answer = manager.post(f"{HERE}new/?npi={entry.npi}", office_facts(name="Office of X"))
    form = manager.get(answer.url).context["form"]
    facts = {name: value for name in form.fields if (value := form[name].value())}
    manager.post(answer.url, facts)
    with inside(lakeside):
        person = Provider.objects.get(npi=entry.npi)
        assert (person.practice.name, person.family_name) == ("Office of X", entry.name)
        assert person.specialty is not None


@pytest.mark.parametrize("order", ["{given} {family}", "{family}, {given}", "{family}"])
def test_a_name_is_found_in_the_register_in_any_order(order, manager, register):
    entry = RegistryEntry.objects.filter(is_person=True, deactivated_on=None).first()
    typed = order.format(given=entry.given_name, family=entry.name)
    hits = manager.get(f"{HERE}add/", {"q": typed, "zip": entry.postal_code}).context["hits"]
    assert entry.name in {hit.entry.name for hit in hits}


def test_an_npi_with_a_wrong_check_digit_is_said_to_be_misread(manager):
    assert b"check digit is wrong" in manager.get(f"{HERE}add/", {"q": "1234567890"}).content


def test_an_office_is_not_added_twice(manager, kidney):
    answer = manager.post(f"{HERE}new/", office_facts(npi=kidney.npi))
    assert b"in the directory already" in answer.content


# ---------------------------------------------------------------- networks and criteria
def test_a_payers_list_puts_offices_and_clinicians_into_a_network(manager, kidney, heart, lakeside):
    manager.post(f"{HERE}networks/", {"name": "Heritage network"})
    with inside(lakeside):
        network, cardiologist = Network.objects.get(), Provider.objects.get(practice=heart)
    unknown = make_npi()
    npis = f"{kidney.npi}\n{cardiologist.npi}, Vance\n{unknown}"
    page = manager.post(f"{HERE}networks/{network.pk}/", {"npis": npis}, follow=True).content.decode()
    assert "2 put into the network" in page and unknown in page
    with inside(lakeside):
        assert NetworkMembership.objects.filter(is_in=True).count() == 2


def test_an_offices_standing_is_set_and_taken_back(manager, kidney, lakeside):
    with inside(lakeside):
        network = Network.objects.create(name="Heritage network")
    for said, kept in (("in", [True]), ("out", [False]), ("", [])):
        manager.post(f"{HERE}{kidney.pk}/networks/", {"network_id": network.pk, "is_in": said})
        with inside(lakeside):
            assert list(NetworkMembership.objects.values_list("is_in", flat=True)) == kept


def test_a_criterion_is_added_for_all_offices_and_removed(manager, kidney, lakeside):
    with inside(lakeside):
        specialty = Specialty.objects.get(code="nephrology")
    wanted = {"specialty": specialty.pk, "text": "Recent eGFR", "everywhere": "on", "is_required": "on"}
    manager.post(f"{HERE}{kidney.pk}/criteria/", wanted)
    with inside(lakeside):
        row = AcceptanceCriterion.objects.get()
        assert row.practice is None
    manager.post(f"{HERE}criteria/{row.pk}/removal/", {"office": kidney.pk})
    with inside(lakeside):
        assert not AcceptanceCriterion.objects.exists()


# ---------------------------------------------------------------- the user's own taxonomy file
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_rare_specialty_is_named_by_the_users_own_taxonomy_file(encoding, tmp_path, desk, kidney, lakeside):
    path = tmp_path / "taxonomy.csv"
    lines = [
        "Code,Grouping,Classification,Specialization,Definition",
        "247ZC0005X,Group,Technician,Café work,x",
        ",,,,",
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    call_command("import_taxonomy", str(path))
    with inside(lakeside):
        make_provider(practice=kidney, family_name="Rare", taxonomy="247ZC0005X")
    assert TaxonomyCode.objects.count() == 1
    assert "Technician, Café work" in desk.get(f"{HERE}{kidney.pk}/").content.decode()


def test_a_file_of_another_kind_is_no_taxonomy(tmp_path, db):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="not the NUCC taxonomy file"):
        call_command("import_taxonomy", str(path))
