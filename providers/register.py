"""Finding somebody in the public register: by NPI, or by the beginning of a name, near a ZIP code or not."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from organizations.names import name_key
from providers import taxonomies
from providers.models import Practice, Provider, RegistryEntry

MOST = 20
SHORTEST = 2  # letters of a name


@dataclass(frozen=True)
class Found:
    """An entry of the register; `here` is the office or clinician of ours with that NPI."""

    entry: RegistryEntry
    here: Practice | Provider | None

    @property
    def name(self) -> str:
        """As one says it."""
        entry = self.entry
        spoken = f"{entry.given_name} {entry.name}".strip()
        return f"{spoken}, {entry.credential}" if entry.credential else spoken

    @property
    def specialty(self) -> str:
        """By our table, when it is a common one."""
        code = specialty_code(self.entry)
        return taxonomies.name_of(code) if code else ""

    @property
    def office_id(self) -> Any:
        """Where it is in our directory."""
        return self.here.practice_id if isinstance(self.here, Provider) else getattr(self.here, "pk", None)


def specialty_code(entry: RegistryEntry) -> str:
    """The first of its taxonomy codes that our table has."""
    return next(filter(None, map(taxonomies.specialty_of, entry.taxonomies)), "")


def search(typed: str, *, postal_code: str = "") -> list[Found]:
    """At most twenty that fit; nothing for less than two letters. "Jane Smith" and "Smith, Jane" are one."""
    figures = "".join(filter(str.isdigit, typed))
    rows = RegistryEntry.objects.filter(deactivated_on=None)
    if figures:
        rows = rows.filter(pk=figures)
    else:
        wanted = _named(typed)
        if not wanted:
            return []
        rows = rows.filter(wanted)
        if postal_code:
            rows = rows.filter(postal_code=postal_code[:5])
    return _with_ours(list(rows.order_by("search_name", "npi")[:MOST]))


def _named(typed: str) -> Q:
    key = name_key(typed)
    if len(key) < SHORTEST:
        return Q()
    first, _, last = key.rpartition(" ")
    orders = {key, f"{last} {first}".strip()}
    wanted = Q()
    for order in orders:
        wanted |= Q(search_name__gte=order, search_name__lt=f"{order}\uffff")
    return wanted


def _with_ours(entries: list[RegistryEntry]) -> list[Found]:
    npis = [entry.npi for entry in entries]
    here: dict[str, Any] = {office.npi: office for office in Practice.objects.filter(npi__in=npis)}
    here |= {person.npi: person for person in Provider.objects.filter(npi__in=npis)}
    return [Found(entry, here.get(entry.npi)) for entry in entries]
