"""A row of a people file, by its column names, as a person."""

from collections.abc import Mapping

from patients.matching.person import Person

COLUMNS = {
    "given_name": "given_name",
    "middle_name": "middle_name",
    "surname": "family_name",
    "suffix": "suffix",
    "date_of_birth": "birth_date",
    "sex": "sex",
    "street_number": "street_number",
    "address_1": "street",
    "address_2": "unit",
    "suburb": "city",
    "postcode": "postal_code",
    "state": "state",
}  # a column -> what it says of a person


def person(row: Mapping[str, str]) -> Person:
    """The person of a row; a column that the file lacks says nothing."""
    known = {field: row.get(column, "") for column, field in COLUMNS.items()}
    return Person(**known, phones=_few(row, "phone"), member_ids=_few(row, "member_id"))


def _few(row: Mapping[str, str], column: str) -> frozenset[str]:
    return frozenset(filter(None, [row.get(column, "")]))
