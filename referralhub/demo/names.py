"""Names by origin with the languages their bearers speak, and streets and towns around Springfield."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Names that go together. `speakers` is the share who prefer `language` (ISO 639-1) to English."""

    weight: int
    language: str
    speakers: float
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _origin(weight: int, language: str, speakers: float, *, women: str, men: str, families: str) -> Origin:
    return Origin(weight, language, speakers, *(tuple(names.split(" ")) for names in (women, men, families)))


ORIGINS = (
    _origin(
        42,
        "en",
        1,
        women="Abigail Brenda Carolyn Deborah Ellen Frances Gloria Hazel Joyce Kathleen Lucille"
        " Marjorie Nora Paula Rebecca Sharon Tamara Vivian Wendy Audrey",
        men="Aaron Bradley Calvin Dean Edgar Franklin Gerald Howard Keith Leonard Mitchell Norman"
        " Patrick Quentin Roger Stanley Terrence Vernon Wallace Curtis",
        families="Whitfield Brandt Holloway Sullivan Abernathy Beckett Crandall Dunmore Everhart Fairbanks"
        " Garrity Hathaway Ingersoll Kendrick Lockwood Merriweather Northcott Oakley Pemberton"
        " Ridgeway Stratton Thackeray Underhill Vickers Westbrook O'Malley",
    ),
    _origin(
        14,
        "en",
        1,
        women="Aaliyah Bernice Denise Ebony Imani Keisha Latoya Monique Renee Tanisha",
        men="Andre Darnell Darius Isaiah Jerome Lamar Malik Reginald Terrell Xavier",
        families="Banks Broussard Chatman Dorsey Gaines Holliday Jefferson Mayfield Pettigrew Rivers"
        " Tillman Yarbrough",
    ),
    _origin(
        23,
        "es",
        0.75,
        women="Alejandra Beatriz Carmen Dolores Esperanza Gabriela Inés Luz Marisol Rosa Socorro Ximena",
        men="Alberto Benito César Diego Ernesto Felipe Gustavo Hector Joaquín Luis Ramón Tomás",
        families="Arroyo Barrientos Castillo Delgado Escobedo Fuentes Galindo Herrera Ibarra Jurado Muñoz"
        " Olivares Peña Quintero Rosales Saavedra Tejeda Urbina Villaseñor Zamora",
    ),
    _origin(
        4,
        "bn",
        0.4,
        women="Tahmina Farida Nusrat Shirin",
        men="Rafiq Kamal Tariq Zahid",
        families="Rahman Chowdhury Akhtar Haque Mridha",
    ),
    _origin(
        4,
        "vi",
        0.5,
        women="Minh-Anh Huong Thuy Lan",
        men="Quang Duc Hieu Tuan",
        families="Nguyen Pham Huynh Vo Dang",
    ),
    _origin(
        4,
        "pl",
        0.3,
        women="Agnieszka Halina Jadwiga Zofia",
        men="Kazimierz Piotr Stefan Zbigniew",
        families="Nowicki Zielinski Wrona",
    ),
    _origin(
        4,
        "ar",
        0.3,
        women="Amal Hanan Layla Samira",
        men="Bilal Faisal Nabil Samir",
        families="Farouk Haddad Khoury Mansour",
    ),
    _origin(
        5,
        "en",
        1,
        women="Adanna Chiamaka Folake Ifeoma Yewande",
        men="Babatunde Chidi Emeka Obinna Tunde",
        families="Adeyemi Okonkwo Eze Balogun Nwachukwu Ogunleye",
    ),
    _origin(
        3,
        "en",
        1,
        women="Grace Haruka Yuki",
        men="Kenta Hiroshi Daisuke",
        families="Nakamura Ito Watanabe Fujimoto",
    ),
    _origin(
        3,
        "gu",
        0.3,
        women="Asha Hetal Kavita",
        men="Dinesh Jignesh Suresh",
        families="Patel Trivedi Joshi",
    ),
)

STREETS = (
    "Adelia St",
    "Bluestem Ct",
    "Cardinal Ridge Rd",
    "Dogwood Ln",
    "E Catalpa Ave",
    "Fox Mill Dr",
    "Granite Ave",
    "Hickory Glen Way",
    "Ivy Wood Dr",
    "Kestrel Ln",
    "Laurel St",
    "N Monroe St",
    "Orchard View Dr",
    "Pheasant Run",
    "Quail Hollow Rd",
    "Rosewood Ct",
    "S Lowell Ave",
    "Timberlane Rd",
    "W Vine St",
    "Willow Bend",
)
TOWNS = (
    ("Springfield", ("62701", "62702", "62703", "62704", "62707", "62711", "62712"), 50),
    ("Decatur", ("62521", "62522", "62526"), 18),
    ("Chatham", ("62629",), 6),
    ("Rochester", ("62563",), 4),
    ("Sherman", ("62684",), 4),
    ("Riverton", ("62561",), 4),
    ("Taylorville", ("62568",), 4),
    ("Jacksonville", ("62650",), 5),
    ("Lincoln", ("62656",), 5),
)
