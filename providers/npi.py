"""The National Provider Identifier's check digit (45 CFR 162.406; ISO 7812 Luhn over "80840" + NPI)."""


def is_npi(value: str) -> bool:
    """Whether ten digits carry a right check digit and begin with 1 or 2."""
    if len(value) != 10 or not value.isdigit() or value[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed(f"80840{value}")):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
