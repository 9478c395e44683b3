"""The two organizations of the demo, the offices that refer to them, and their forty clinicians."""

from referralhub.demo.world import (
    Address,
    DemoUser,
    Organization,
    Practice,
    Provider,
    Site,
    Specialty,
    npi,
    phone,
)

LAKESIDE = Organization(
    slug="lakeside",
    name="Lakeside Specialty",
    short_name="Lakeside",
    npi=npi(1001),
    phone=phone("0100"),
    fax=phone("0101"),
    sites=(
        Site("Lakeside Heart", Address("800 Lakeshore Dr, Suite 210", "Springfield", "62703"), phone("0102")),
        Site(
            "Lakeside West", Address("3140 Greenbriar Rd, Suite 120", "Springfield", "62711"), phone("0103")
        ),
        Site("Lakeside Decatur", Address("255 W Garfield Plaza, Floor 2", "Decatur", "62526"), phone("0104")),
    ),
)
PRAIRIE = Organization(
    slug="prairie",
    name="Prairie Family Medicine",
    short_name="Prairie",
    npi=npi(1002),
    phone=phone("0140"),
    fax=phone("0142"),
    sites=(Site("Prairie Family Medicine", Address("410 W Orchard St", "Decatur", "62522"), phone("0140")),),
)
ORGANIZATIONS = (LAKESIDE, PRAIRIE)

SPECIALTIES = (
    Specialty("cardiology", "Cardiology", "207RC0000X"),
    Specialty("orthopedics", "Orthopedics", "207X00000X"),
    Specialty("gastroenterology", "Gastroenterology", "207RG0100X"),
    Specialty("pulmonology", "Pulmonology", "207RP1001X"),
    Specialty("dermatology", "Dermatology", "207N00000X"),
    Specialty("neurology", "Neurology", "2084N0400X"),
    Specialty("obgyn", "Obstetrics and gynecology", "207V00000X"),
    Specialty("nephrology", "Nephrology", "207RN0300X"),
    Specialty("endocrinology", "Endocrinology", "207RE0101X"),
    Specialty("urology", "Urology", "208800000X"),
    Specialty("rheumatology", "Rheumatology", "207RR0500X"),
    Specialty("allergy", "Allergy and immunology", "207K00000X"),
)
# What referring clinicians do themselves; patients are not referred to these.
PRIMARY_CARE = (
    Specialty("family", "Family medicine", "207Q00000X"),
    Specialty("internal", "Internal medicine", "207R00000X"),
    Specialty("pediatrics", "Pediatrics", "208000000X"),
    Specialty("sports", "Sports medicine", "207QS0010X"),
)
SPECIALTY_BY_CODE = {specialty.code: specialty for specialty in SPECIALTIES + PRIMARY_CARE}


def _practice(serial: int, name: str, address: Address, last_fours: str) -> Practice:
    telephone, fax = last_fours.split(" ")
    return Practice(name, address, phone(telephone), phone(fax), npi(serial))


def _ours(organization: Organization) -> Practice:
    address = organization.sites[0].address
    return Practice(organization.name, address, organization.phone, organization.fax, organization.npi)


LAKESIDE_PRACTICE, PRAIRIE_PRACTICE = map(_ours, ORGANIZATIONS)
SANGAMON = _practice(
    1003,
    "Sangamon Internal Medicine",
    Address("1905 S Glenwood Ave, Suite 3", "Springfield", "62704"),
    "0110 0111",
)
LINCOLN = _practice(1004, "Lincoln Primary Care", Address("612 Keokuk St", "Lincoln", "62656"), "0113 0114")
CAPITAL = _practice(
    1005, "Capital Sports Medicine", Address("2250 W Iles Park Pl", "Springfield", "62704"), "0116 0117"
)
DECATUR = _practice(
    1006, "Decatur Pediatrics", Address("1418 E Eldorado Ct", "Decatur", "62521"), "0119 0120"
)
CHATHAM = _practice(
    1007, "Chatham Family Practice", Address("77 Walnut Grove Ln", "Chatham", "62629"), "0122 0123"
)
RIVERTON = _practice(
    1008, "Riverton Community Health", Address("340 N Third St", "Riverton", "62561"), "0125 0126"
)
JACKSONVILLE = _practice(
    1009, "Jacksonville Adult Medicine", Address("929 W Morton Terrace", "Jacksonville", "62650"), "0128 0129"
)
REFERRING_PRACTICES = (
    PRAIRIE_PRACTICE,
    SANGAMON,
    LINCOLN,
    CAPITAL,
    DECATUR,
    CHATHAM,
    RIVERTON,
    JACKSONVILLE,
)

HEART, WEST, EAST = (site.name for site in LAKESIDE.sites)
_SPECIALISTS = (
    ("Ngozi Okafor, MD", "cardiology", HEART),
    ("Lionel Vance, MD", "cardiology", HEART),
    ("Sunita Raman, DO", "cardiology", EAST),
    ("Garrett Holm, MD", "orthopedics", WEST),
    ("Teresa Molina, MD", "orthopedics", EAST),
    ("Meena Iyer, MD", "gastroenterology", WEST),
    ("Paul Drummond, MD", "gastroenterology", EAST),
    ("Andrzej Wolski, MD", "pulmonology", HEART),
    ("Camille Fontaine, MD", "dermatology", WEST),
    ("Derek Ashby, PA-C", "dermatology", EAST),
    ("Kenji Sato, MD", "neurology", HEART),
    ("Adaeze Nwosu, MD", "obgyn", WEST),
    ("Rachel Stern, MD", "obgyn", EAST),
    ("Imran Qureshi, MD", "nephrology", HEART),
    ("Elena Petrova, MD", "endocrinology", WEST),
    ("Warren Pruitt, MD", "urology", WEST),
    ("Linh Tran, MD", "rheumatology", WEST),
    ("Naomi Feldstein, MD", "allergy", EAST),
)
_REFERRERS = (
    ("Hannah Lindqvist, MD", "family", PRAIRIE_PRACTICE),
    ("Patience Osei, MD", "family", PRAIRIE_PRACTICE),
    ("Samuel Trask, DO", "family", PRAIRIE_PRACTICE),
    ("Yesenia Campos, FNP-C", "family", PRAIRIE_PRACTICE),
    ("Grant Ellison, PA-C", "family", PRAIRIE_PRACTICE),
    ("Kelechi Abara, DO", "internal", SANGAMON),
    ("Miriam Katz, MD", "internal", SANGAMON),
    ("Bruce Tolliver, MD", "internal", SANGAMON),
    ("Ravi Mehta, MD", "family", LINCOLN),
    ("Dorothy Finch, MD", "family", LINCOLN),
    ("Caleb Strand, NP", "family", LINCOLN),
    ("Jamie Tran, PA-C", "sports", CAPITAL),
    ("Victor Salcedo, MD", "sports", CAPITAL),
    ("Marisol Castellano, NP", "pediatrics", DECATUR),
    ("Joel Weissman, MD", "pediatrics", DECATUR),
    ("Fatima Siddiqui, MD", "pediatrics", DECATUR),
    ("Carol Ann Pruett, MD", "family", CHATHAM),
    ("Trevor Nolan, DO", "family", CHATHAM),
    ("Oluwaseun Bello, MD", "family", RIVERTON),
    ("Brenda Kowalczyk, FNP-C", "family", RIVERTON),
    ("Philip Hargrove, MD", "internal", JACKSONVILLE),
    ("Wei Zhang, MD", "internal", JACKSONVILLE),
)


def _provider(serial: int, name: str, specialty: str, practice: Practice, site: str = "") -> Provider:
    full_name, credential = name.split(", ")
    first, last = full_name.rsplit(" ", 1)
    return Provider(npi(serial), first, last, credential, specialty, practice, site)


SPECIALISTS = tuple(
    _provider(serial, name, specialty, LAKESIDE_PRACTICE, site)
    for serial, (name, specialty, site) in enumerate(_SPECIALISTS, 1)
)
REFERRERS = tuple(
    _provider(serial, name, specialty, practice)
    for serial, (name, specialty, practice) in enumerate(_REFERRERS, 101)
)
PROVIDERS = SPECIALISTS + REFERRERS

USERS = (
    DemoUser("frontdesk@lakeside.example", "Alicia Warren", "front_desk", "lakeside"),
    DemoUser("nurse@lakeside.example", "Priya Nair, RN", "nurse", "lakeside"),
    DemoUser("insurance@lakeside.example", "Dana Lopez", "insurance", "lakeside"),
    DemoUser("manager@lakeside.example", "Marcus Bell", "manager", "lakeside"),
    DemoUser("admin@lakeside.example", "Ruth Ferreira", "admin", "lakeside"),
    DemoUser("auditor@lakeside.example", "Owen Sandoval", "auditor", "lakeside"),
    DemoUser("frontdesk@prairie.example", "Joanna Pike", "front_desk", "prairie"),
    DemoUser("physician@prairie.example", "Hannah Lindqvist, MD", "physician", "prairie"),
    DemoUser("manager@prairie.example", "Theo Marchetti", "manager", "prairie"),
)


def provider_named(full_name: str) -> Provider:
    """The clinician with this first and last name; KeyError when nobody has it."""
    return _BY_NAME[full_name]


def specialists_in(specialty: str) -> tuple[Provider, ...]:
    """The clinicians of Lakeside in a specialty, by its code."""
    return tuple(provider for provider in SPECIALISTS if provider.specialty == specialty)


_BY_NAME = {provider.full_name: provider for provider in PROVIDERS}
