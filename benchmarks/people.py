"""Made-up US people, with second records of some of them that went wrong in the ways of registration desks
and faxes.

Households are whole: couples, children, twins, fathers and sons of one name, who share a street, a telephone
and the subscriber's number. `entity` is the truth; nobody here exists. The same seed makes the same people.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from faker import Faker

from patients.matching.nicknames import short_forms

Row = dict[str, str]
COLUMNS = (
    "rec_id", "given_name", "surname", "date_of_birth", "sex", "street_number", "address_1", "address_2",
    "suburb", "postcode", "state", "phone", "member_id",
)  # fmt: skip
PLACES = (
    ("Springfield", "IL", "627"), ("Decatur", "IL", "625"), ("Peoria", "IL", "616"),
    ("Champaign", "IL", "618"), ("St. Louis", "MO", "631"), ("Bloomington", "IL", "617"),
)  # fmt: skip
LAST_BIRTH = date(2026, 6, 1)
TWINS, JUNIORS = 0.03, 0.06  # of births (CDC, 2022: 3.1 in 100), of fathers
LOOK_ALIKE = {
    "l": "1",
    "o": "0",
    "m": "rn",
    "e": "c",
    "s": "5",
    "i": "l",
    "b": "6",
    "h": "b",
    "a": "o",
    "n": "u",
    "g": "q",
}
BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad",
    "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip


@dataclass(frozen=True)
class Mix:
    """How hard a set is: how many have a second record, slips a record, how often things change."""

    doubled: float = 0.5
    slips: float = 1.2
    moved: float = 0.15
    missing: float = 0.12
    households: float = 0.5
    most_records: int = 2


CLEAN = Mix(slips=0.6, moved=0.08, missing=0.05)
USUAL = Mix()
ROUGH = Mix(slips=2.5, moved=0.25, missing=0.2, most_records=4)
SPARSE = Mix(slips=1.0, missing=0.45)
FAMILIES = Mix(slips=0.8, moved=0.1, households=1.0, doubled=0.3)


class World:
    """Draws people and their records from one seed."""

    def __init__(self, seed: int, mix: Mix) -> None:
        self.draw = random.Random(seed)
        self.fake = Faker("en_US")
        self.fake.seed_instance(seed)
        self.mix = mix

    def records(self, people: int) -> list[tuple[int, Row]]:
        """(entity, row) of each record, shuffled; about `people` people."""
        found: list[tuple[int, Row]] = []
        entity = 0
        while entity < people:
            for person in self.household():
                found += [(entity, row) for row in self.rows_of(person)]
                entity += 1
        self.draw.shuffle(found)
        for number, (_, row) in enumerate(found):
            row["rec_id"] = f"r{number:06d}"
        return found

    def rows_of(self, person: Row) -> Iterator[Row]:
        """The person's record, and for some people others that differ."""
        yield self.forget(dict(person), self.mix.missing / 2)
        if self.draw.random() < self.mix.doubled:
            for _ in range(
                self.draw.randint(1, self.mix.most_records - 1) if self.mix.most_records > 1 else 1
            ):
                yield self.second_record(person)

    # ------------------------------------------------------------ people

    def household(self) -> list[Row]:
        """One person alone, or a family."""
        first = self.adult(self.draw.choice("FM"))
        if self.draw.random() > self.mix.households:
            return [first]
        family = [first]
        if self.draw.random() < 0.7:
            spouse = self.adult("F" if first["sex"] == "M" else "M") | self.shared(first)
            family.append(spouse)
        born = date.fromisoformat(first["date_of_birth"]) + timedelta(days=365 * self.draw.randint(20, 38))
        for _ in range(self.draw.randint(0, 3)):
            born += timedelta(days=self.draw.randint(400, 1500))
            if born < LAST_BIRTH:
                family += self.born_together(first, born, 2 if self.draw.random() < TWINS else 1)
        child = family[-1]
        if (
            first["sex"] == "M"
            and child["date_of_birth"] == born.isoformat()
            and self.draw.random() < JUNIORS
        ):
            child |= {"given_name": first["given_name"], "sex": "M", "surname": first["surname"] + " Jr"}
        return family

    def born_together(self, parent: Row, born: date, how_many: int) -> list[Row]:
        """One child, or twins; twins are often named alike."""
        children = [self.adult(self.draw.choice("FM")) | self.shared(parent) for _ in range(how_many)]
        for child in children:
            child |= {"surname": parent["surname"], "date_of_birth": born.isoformat()}
        return children

    def adult(self, sex: str) -> Row:
        """A person with an own address, telephone and member number."""
        fake, draw = self.fake, self.draw
        city, state, zone = draw.choice(PLACES)
        surname = fake.last_name()
        if draw.random() < 0.05:
            surname = f"{surname}-{fake.last_name()}"
        return {
            "given_name": fake.first_name_female() if sex == "F" else fake.first_name_male(),
            "surname": surname,
            "date_of_birth": self.birthday().isoformat(),
            "sex": sex,
            "street_number": str(draw.randint(1, 9999 if draw.random() < 0.5 else 400)),
            "address_1": fake.street_name(),
            "address_2": f"Apt {draw.randint(1, 40)}" if draw.random() < 0.25 else "",
            "suburb": city,
            "postcode": f"{zone}{draw.randint(0, 12):02d}",
            "state": state,
            "phone": self.phone(),
            "member_id": self.member(),
        }

    def shared(self, person: Row) -> Row:
        """What somebody of the same household has in common with this person."""
        keys = ["street_number", "address_1", "address_2", "suburb", "postcode", "state"]
        if self.draw.random() < 0.85:
            keys.append("surname")
        if self.draw.random() < 0.6:
            keys.append("phone")
        found = {key: person[key] for key in keys}
        if self.draw.random() < 0.5:
            found["member_id"] = person["member_id"]
        return found

    def birthday(self) -> date:
        """A birth date; some are the first of January, which stands for an unknown one."""
        born = date(1932, 1, 1) + timedelta(days=self.draw.randint(0, 33500))
        return born.replace(month=1, day=1) if self.draw.random() < 0.01 else born

    def phone(self) -> str:
        """Ten digits that nobody is reached by."""
        return f"{self.draw.choice(['217', '309', '314'])}555{self.draw.randint(0, 9999):04d}"

    def member(self) -> str:
        """A payer's number."""
        return f"{self.draw.choice(['W', 'XZP', 'H', 'YPA'])}{self.draw.randint(10**8, 10**9 - 1)}"

    # ------------------------------------------------------------ records that differ

    def second_record(self, person: Row) -> Row:
        """The same person, seen again later and written down by somebody in a hurry."""
        row, draw = dict(person), self.draw
        if draw.random() < self.mix.moved:
            there = self.adult(row["sex"])
            row |= {
                key: there[key]
                for key in ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
            }
        if draw.random() < self.mix.moved:
            row["phone"] = self.phone()
        if draw.random() < self.mix.moved:
            row["member_id"] = self.member()
        if row["sex"] == "F" and draw.random() < 0.04:
            row["surname"] = self.fake.last_name()
        if draw.random() < 0.12:
            row["given_name"] = draw.choice(
                short_forms(row["given_name"].lower()) or [row["given_name"]]
            ).title()
        for _ in range(self._how_many(self.mix.slips)):
            draw.choice(self.slips())(row)
        return self.forget(row, self.mix.missing)

    def slips(self) -> list[Callable[[Row], None]]:
        """What goes wrong; the usual things stand there more than once."""
        letters = [
            self._slip_in("given_name"),
            self._slip_in("surname"),
            self._slip_in("address_1"),
            self._slip_in("suburb"),
        ]
        digits = [
            self._digit_in(key)
            for key in ("date_of_birth", "postcode", "phone", "member_id", "street_number")
        ]
        return [
            *letters,
            *letters,
            *digits,
            self._swap_names,
            self._swap_day,
            self._initial,
            self._half_surname,
            self._shout,
        ]

    def forget(self, row: Row, chance: float) -> Row:
        """Leave out values, never both names and never everything."""
        for key in ("date_of_birth", "sex", "phone", "member_id", "postcode", "suburb", "state"):
            if self.draw.random() < chance:
                row[key] = ""
        if self.draw.random() < chance:
            row |= {"street_number": "", "address_1": "", "address_2": ""}
        return row

    def _slip_in(self, key: str) -> Callable[[Row], None]:
        def slip(row: Row) -> None:
            text = row[key]
            if len(text) < 3:
                return
            at = self.draw.randrange(len(text) - 1)
            old = text[at].lower()
            kind = self.draw.randrange(5)
            new = (
                LOOK_ALIKE.get(old, old) if kind == 0 else self.draw.choice(BESIDE.get(old, old)) if kind == 1
                else "" if kind == 2 else text[at] * 2 if kind == 3 else text[at + 1] + text[at]
            )  # fmt: skip
            row[key] = text[:at] + new + text[at + (2 if kind == 4 else 1) :]

        return slip

    def _digit_in(self, key: str) -> Callable[[Row], None]:
        def slip(row: Row) -> None:
            places = [at for at, letter in enumerate(row[key]) if letter.isdigit()]
            if places:
                at = self.draw.choice(places)
                row[key] = row[key][:at] + self.draw.choice("0123456789") + row[key][at + 1 :]

        return slip

    def _swap_names(self, row: Row) -> None:
        row["given_name"], row["surname"] = row["surname"], row["given_name"]

    def _swap_day(self, row: Row) -> None:
        year, month, day = row["date_of_birth"].split("-")
        row["date_of_birth"] = f"{year}-{day}-{month}"

    def _initial(self, row: Row) -> None:
        row["given_name"] = row["given_name"][:1]

    def _half_surname(self, row: Row) -> None:
        row["surname"] = self.draw.choice(row["surname"].split("-"))

    def _shout(self, row: Row) -> None:
        for key in ("given_name", "surname", "address_1", "suburb"):
            row[key] = row[key].upper()

    def _how_many(self, average: float) -> int:
        return sum(self.draw.random() < average / 6 for _ in range(6))
