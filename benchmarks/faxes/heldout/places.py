"""Towns, streets, offices and clinicians of the held-out set in Illinois, Texas and Ohio. All invented."""

from dataclasses import dataclass
from random import Random

from referralhub.demo.world import Address, Practice, Provider, npi, phone

SERIALS = range(5000, 9000)  # of NPIs that nobody in the demo has
AREA_CODES = {"IL": "312 773 708 847 618", "TX": "210 512 713 956 214", "OH": "216 614 419 513 330"}
_TOWNS = {
    "IL": "Peoria 61603|Rockford 61104|Joliet 60435|Carbondale 62901|Evanston 60201|Kankakee 60901",
    "TX": "San Antonio 78207|Laredo 78041|Waco 76706|McAllen 78501|Tyler 75701|Round Rock 78664",
    "OH": "Toledo 43604|Akron 44308|Dayton 45402|Lima 45801|Youngstown 44503|Chillicothe 45601",
}
_STREETS = (
    "Commerce St|N Main St|Old Mill Road|County Rd 340|E 9th Street|Linwood Ave|Sycamore Court|"
    "Hwy 281 N|Veterans Pkwy|Gessner Dr|Cherry Hill Ln|W Fulton Blvd|Pecan Grove Circle|St Clair Ave NE"
)
_UNITS = ("", "", "", " Apt 4B", " #212", " Unit 9", ", Lot 17", " Apt 301")
_SUITES = (" Ste 200", " Suite 115", ", Bldg C", " 3rd Floor", "", " Ste 4-A")
_OFFICES = {
    "IL": "Lakefront Internists SC|Tri-County Family Care|Drs. Brill & Otieno, P.C."
    "|St. Brendan Health Partners|Fox Valley Family Clinic",
    "TX": "Bluebonnet Primary Care Associates|Hill Country Clinic PLLC|Casa de Salud FQHC"
    "|Northgate Medical Group|Rio Bravo Women's and Family Clinic",
    "OH": "Ohio Valley Community Health Center|Cuyahoga Adult Medicine LLC|Maple Run Walk-In"
    "|Mercer County Health Dept. Clinic|Northgate Medical Group, Inc.",
}
_CENTERS = {
    "IL": "Fox River Physicians|University Faculty Practice|Meridian Specialty Group",
    "TX": "South Texas Multispecialty|Alamo Specialty Center|Great Plains Consultants",
    "OH": "Buckeye Specialists|Great Lakes Consultants|University Faculty Practice",
}
_DOCTORS = (
    "Aurelio Cantu, M.D.|Janine Brill, DO|Peter Otieno, MD|Kathryn Szabo, APRN|Luke Vandermolen, PA-C|"
    "Shreya Venkataraman, MD|Thomas J. Gallagher, D.O.|Monica Treviño, MD|Dale Hutchins, NP-C|"
    "Yolanda Whitaker, MD|Kwame Asante, MD, FACP|Robin Leclair, CNP|Samantha Oyelaran, MD|Eric Lindholm, MD|"
    "Guadalupe Sandoval, MD|Bao Nguyen, DO|Harriet Pell, MD|Marcus Eddington, MD"
)
_CONSULTANTS = (
    "Anand Krishnamurthy, MD|Lydia Barshai, MD|Cornelius Webb, MD|Hye-jin Park, MD, PhD|Rafael Ornelas, MD|"
    "Bridget Mahoney, DO|Stefan Iliescu, MD|Tobias Frank, MD|Chioma Eze, MD|Dana Rosenthal, DO|"
    "Vikram Sethi, MD|Paula Jankowski, MD"
)


@dataclass(frozen=True)
class Region:
    """Where a fax plays: a state, and the telephone numbers there that nobody on the fax has yet."""

    state: str
    phones: list[str]


def region(rng: Random) -> Region:
    """One of three states."""
    state = rng.choice(tuple(_TOWNS))
    area = rng.choice(AREA_CODES[state].split())
    return Region(state, [phone(f"{last_four:04d}", area) for last_four in rng.sample(range(100, 200), 40)])


def number(where: Region) -> str:
    """A telephone number kept for fiction, a new one each time."""
    return where.phones.pop()


def home(rng: Random, where: Region) -> Address:
    """Where someone lives."""
    city, postcode = _town(rng, where)
    return Address(f"{_street(rng)}{rng.choice(_UNITS)}", city, postcode, where.state)


def doctors(rng: Random, where: Region) -> tuple[Provider, Provider]:
    """Someone who refers, and the patient's usual doctor, who is someone else."""
    offices = _OFFICES[where.state].split("|")
    first, second = rng.sample(_DOCTORS.split("|"), 2)
    return (
        _provider(rng, where, name=first, office=rng.choice(offices)),
        _provider(rng, where, name=second, office=rng.choice(offices)),
    )


def consultant(rng: Random, where: Region) -> Provider:
    """Someone who is referred to."""
    name, office = rng.choice(_CONSULTANTS.split("|")), rng.choice(_CENTERS[where.state].split("|"))
    return _provider(rng, where, name=name, office=office)


def _provider(rng: Random, where: Region, *, name: str, office: str) -> Provider:
    full_name, credential = name.split(", ", 1)
    first, last = full_name.rsplit(" ", 1)
    own, group = rng.sample(SERIALS, 2)
    city, postcode = _town(rng, where)
    address = Address(f"{_street(rng)}{rng.choice(_SUITES)}", city, postcode, where.state)
    practice = Practice(office, address, number(where), number(where), npi(group))
    return Provider(npi(own), first, last, credential, "", practice)


def _town(rng: Random, where: Region) -> tuple[str, str]:
    city, postcode = rng.choice(_TOWNS[where.state].split("|")).rsplit(" ", 1)
    return city, postcode


def _street(rng: Random) -> str:
    return f"{rng.randrange(101, 9900)} {rng.choice(_STREETS.split('|'))}"
