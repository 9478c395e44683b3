"""Patients of the demo, made from a seeded generator; the first eight are the same people in every seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from referralhub.demo.names import ORIGINS, STREETS, TOWNS, Origin
from referralhub.demo.payers import FOR_EVERYONE, FOR_SENIORS, PAYERS
from referralhub.demo.world import Address, Patient, Payer, Plan, phone

AREA_CODES = (
    "217",
    "447",
    "309",
    "618",
    "815",
    "779",
    "630",
    "331",
    "847",
    "224",
    "708",
    "464",
    "773",
    "872",
    "312",
)
# By place among the patients: numbers the sandbox carrier refuses, does not confirm, and cannot reach.
TROUBLESOME_PHONES = {30: phone("0100", "447"), 60: phone("0198", "447"), 90: phone("0199", "447")}
# A member id's last digit decides the sandbox payer's answer: 0 inactive, 8 and 9 trouble, others active.
LAST_DIGITS, LAST_DIGIT_WEIGHTS = "12345089", (18, 18, 18, 17, 17, 5, 3, 4)
ADULTS_BORN = date(1934, 1, 1), date(2004, 1, 1)
CHILDREN_BORN = date(2009, 1, 1), date(2020, 12, 31)
MEDICARE_BORN_BEFORE = date(1961, 1, 1)

_DIGITS, _LETTERS = "0123456789", "ACDEFGHJKMNPQRTUVWXY"  # Medicare's: without B, I, L, O, S and Z

# first|middle|last|born|sex|street|town|ZIP|last four of the phone|language|plan|member id
_CAST = (
    "Chidi||Okonkwo|1951-08-02|M|915 Laurel St|Springfield|62704|0150|en|Summit Advantage HMO|SA551207343",
    "Aaron|J|Whitfield|1988-11-30|M|27 Fox Mill Dr|Chatham|62629|0151|en|Prairie Mutual Network|PM70441822",
    "Grace|M|Nakamura|1974-05-19|F|1288 W Vine St|Decatur|62522|0152|en|Heritage HMO Core|HHC306118254",
    "Lucille|R|Brandt|1943-01-07|F|402 Rosewood Ct|Lincoln|62656|0153|en|Summit Advantage HMO|SA551390015",
    "Samir||Farouk|1995-07-22|M|331 Ivy Wood Dr|Springfield|62704|0154|en|Railsplitter Silver HMO|RH20881734",
    "Rosa|E|Castillo|1958-06-16|F|640 E Catalpa Ave|Decatur|62521|0155|es|Open Door Adult Health|214700981",
    "Tahmina||Rahman|1969-08-30|F|58 Kestrel Ln|Springfield|62711|0156|bn|Prairie Mutual Network|PM70518833",
    "Patrick|D|Sullivan|1955-03-03|M|190 Elm St|Springfield|62702|0157|en|Medicare with Plan G|1S47C02EN12",
)


def patients(rng: Random, n: int) -> tuple[Patient, ...]:
    """The first n patients: the standing cast, then people made up by `rng`. Phones repeat after 1,372."""
    cast = [patient_from(line, place=place) for place, line in enumerate(_CAST)]
    phones = _phones(rng)
    made_up = [someone(rng, mobile=next(phones), place=place) for place in range(len(cast), n)]
    return tuple((cast + made_up)[:n])


def someone(rng: Random, *, mobile: str, place: int) -> Patient:
    """One made-up patient; `place` numbers them, and chooses who has a troublesome phone."""
    sex = rng.choice("FM")
    origin = rng.choices(ORIGINS, [origin.weight for origin in ORIGINS])[0]
    born = _birth_date(rng)
    payer, plan = _insurance(rng, born)
    foreign = rng.random() < origin.speakers and origin.language != "en"
    return Patient(
        first=rng.choice(origin.women if sex == "F" else origin.men),
        middle=rng.choice("ABCDEGHJLMNPRST") if rng.random() < 0.6 else "",
        last=_family_name(rng, origin),
        born=born,
        sex=sex,
        address=_address(rng),
        mobile=TROUBLESOME_PHONES.get(place, mobile),
        language=origin.language if foreign else "en",
        needs_interpreter=foreign and rng.random() < 0.55,
        mrn=_mrn(place),
        payer_id=payer.payer_id,
        plan=plan,
        member_id=member_id(rng, payer),
        group_number=_group_number(rng, plan),
    )


def patient_from(line: str, *, place: int) -> Patient:
    """A patient written in one line, as in the cast: see there for the order of the parts."""
    first, middle, last, born, sex, street, town, postcode, last_four, language, plan_name, member = (
        line.split("|")
    )
    payer, plan = next((payer, plan) for payer in PAYERS for plan in payer.plans if plan.name == plan_name)
    return Patient(
        first=first,
        middle=middle,
        last=last,
        born=date.fromisoformat(born),
        sex=sex,
        address=Address(street, town, postcode),
        mobile=phone(last_four),
        language=language,
        needs_interpreter=language != "en",
        mrn=_mrn(place),
        payer_id=payer.payer_id,
        plan=plan,
        member_id=member,
        group_number="" if plan.kind in ("Medicaid", "Medicare") else f"70{place + 211}",
    )


def member_id(rng: Random, payer: Payer) -> str:
    """A member id in the payer's own shape, ending in a digit that the sandbox payer knows."""
    last = rng.choices(LAST_DIGITS, LAST_DIGIT_WEIGHTS)[0]
    if payer.name == "Medicare":  # the shape of a Medicare number, with the S that real ones never have
        return "1S" + "".join(rng.choice(_DIGITS if kind == "9" else _LETTERS) for kind in "99A99AA9") + last
    return f"{payer.member_prefix}{rng.randrange(10**7, 10**8)}{last}"


def _phones(rng: Random) -> Iterator[str]:
    """Mobile numbers, all different until the block is used up, then from the start: families share."""
    pools: list[list[str]] = []
    for area in AREA_CODES:
        first, last = (158, 179) if area == "217" else (101, 197)  # 217: offices below, sample faxes above
        pool = [phone(f"{number:04d}", area) for number in range(first, last + 1)]
        rng.shuffle(pool)
        pools.append(pool)
    while True:
        for pool in pools:
            yield from pool


def _birth_date(rng: Random) -> date:
    """Mostly adults past forty, as in specialty care; some children."""
    first, last = CHILDREN_BORN if rng.random() < 0.08 else ADULTS_BORN
    return first + timedelta(days=int((last - first).days * rng.betavariate(1.6, 2.0)))


def _insurance(rng: Random, born: date) -> tuple[Payer, Plan]:
    kinds = FOR_SENIORS if born < MEDICARE_BORN_BEFORE and rng.random() < 0.9 else FOR_EVERYONE
    return rng.choice([(payer, plan) for payer in PAYERS for plan in payer.plans if plan.kind in kinds])


def _family_name(rng: Random, origin: Origin) -> str:
    doubled = rng.random() < (0.2 if origin.language == "es" else 0.04)
    return "-".join(rng.sample(origin.families, 2 if doubled else 1))


def _address(rng: Random) -> Address:
    town, postcodes, _ = rng.choices(TOWNS, [weight for _, _, weight in TOWNS])[0]
    apartment = f", Apt {rng.randrange(1, 40)}" if rng.random() < 0.2 else ""
    return Address(f"{rng.randrange(12, 4200)} {rng.choice(STREETS)}{apartment}", town, rng.choice(postcodes))


def _mrn(place: int) -> str:
    return f"{2200 + place * 7:06d}"


def _group_number(rng: Random, plan: Plan) -> str:
    return "" if plan.kind in ("Medicaid", "Medicare") else f"{rng.randrange(10_000, 99_999)}"
