"""Who is named on a fax, found among those we know or made known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rapidfuzz import fuzz

from insurance.models import Payer, Plan
from intake import naming
from organizations import words
from organizations.names import name_key
from organizations.numbers import next_number
from providers.actions import reaching
from providers.models import Practice, Provider, Specialty
from providers.npi import is_npi

ALIKE_SPECIALTY, ALIKE_PAYER = 88, 92  # likeness, 0 to 100
NO_PAYER_NAMED = "UNKNOWN"
Named = TypeVar("Named", bound=Any)


@dataclass(frozen=True)
class KnownReferrer:
    """Who refers, as far as our directory knows; `by_npi` says that the NPI named the clinician."""

    provider: Provider | None = None
    practice: Practice | None = None
    by_npi: bool = False


def known_referrer(values: Mapping[str, str], sender: Practice | None) -> KnownReferrer:
    """The referring clinician and office: by fax number, then by NPI, then by name. Makes nobody known."""
    npi = values.get("ref_npi", "")
    by_npi = Provider.objects.select_related("practice").filter(npi=npi).first() if npi else None
    practice = sender or _office_at(values.get("ref_fax", "")) or (by_npi.practice if by_npi else None)
    provider = by_npi or _known_clinician(naming.clinician(values.get("ref_provider", "")), practice)
    return KnownReferrer(provider, practice or (provider.practice if provider else None), by_npi is not None)


def referrer(
    values: Mapping[str, str], sender: Practice | None, from_number: str
) -> tuple[Provider | None, Practice | None]:
    """The referring clinician and office: those we know (`known_referrer`), else made from the fax.

    A clinician is made only with a valid NPI; without one, only a clinician of that name we know is taken.
    """
    known = known_referrer(values, sender)
    named, npi = naming.clinician(values.get("ref_provider", "")), values.get("ref_npi", "")
    provider, practice = known.provider, known.practice or _new_office(values, named, from_number)
    if provider is None and practice is not None and named is not None and is_npi(npi):
        provider = Provider.objects.create(
            npi=npi,
            given_name=named.given[:60],
            family_name=named.family[:60],
            credential=named.credential,
            practice=practice,
        )
    if practice is not None:
        _complete(practice, values)
    return provider, practice


def _office_at(fax: str) -> Practice | None:
    return Practice.objects.filter(fax=f"+1{fax}", is_ours=False).first() if fax else None


def _known_clinician(named: naming.Clinician | None, practice: Practice | None) -> Provider | None:
    if named is None:
        return None
    elsewhere = Provider.objects.select_related("practice").filter(
        family_name__iexact=named.family, practice__is_ours=False
    )
    same = [p for p in elsewhere if _same_given(p.given_name, named.given)]
    here = [p for p in same if practice is not None and p.practice_id == practice.pk]
    found = here or ([] if practice is not None else same)
    return found[0] if len(found) == 1 else None


def _same_given(one: str, other: str) -> bool:
    """The same given name, or its initial."""
    ours, theirs = name_key(one), name_key(other)
    return ours == theirs or ((len(ours) == 1 or len(theirs) == 1) and ours[:1] == theirs[:1])


def _new_office(
    values: Mapping[str, str], named: naming.Clinician | None, from_number: str
) -> Practice | None:
    fax = f"+1{values['ref_fax']}" if values.get("ref_fax") else from_number
    phone = f"+1{values['ref_phone']}" if values.get("ref_phone") else ""
    if named is None and not fax and not phone:
        return None
    name = f"Office of {named.full}" if named else f"Office at {words.phone(fax or phone)}"
    return Practice.objects.create(name=name[:120], fax=fax[:20], phone=phone)


def _complete(practice: Practice, values: Mapping[str, str]) -> None:
    """Fill in a number the directory lacks; never change one it has, nor bring one back that is wrong."""
    lacking = [kind for kind in ("phone", "fax") if not getattr(practice, kind) and values.get(f"ref_{kind}")]
    found = {kind: f"+1{values[f'ref_{kind}']}" for kind in lacking}
    filled = [
        kind
        for kind, number in found.items()
        if not reaching.is_known_wrong(office_id=practice.pk, kind=kind, address=number)
    ]
    for kind in filled:
        setattr(practice, kind, found[kind])
    if filled:
        practice.save(update_fields=filled)


def receiver(text: str) -> Provider | None:
    """One of our own clinicians, by name; "Dr. Okafor" is enough where there is one."""
    named = naming.clinician(text)
    family = named.family if named else naming.surname(text)
    if not family:
        return None
    ours = Provider.objects.select_related("practice", "specialty").filter(
        practice__is_ours=True, is_active=True, family_name__iexact=family
    )
    found = [p for p in ours if named is None or _same_given(p.given_name, named.given)]
    return found[0] if len(found) == 1 else None


def specialty(text: str) -> Specialty | None:
    """The specialty meant by the sender's words, if it is one of ours."""
    return _alike(text, list(Specialty.objects.all()), ALIKE_SPECIALTY, fuzz.token_set_ratio)


def payer(text: str) -> tuple[Payer, Plan | None]:
    """The payer, and the plan if it is a plan's name; a payer not known is made, to be completed later."""
    if not text:
        unnamed, _ = Payer.objects.get_or_create(
            payer_id=NO_PAYER_NAMED, defaults={"name": "Payer not named"}
        )
        return unnamed, None
    plan = Plan.objects.select_related("payer").filter(name__iexact=text).first()
    if plan is not None:
        return plan.payer, plan
    known = _alike(text, list(Payer.objects.all()), ALIKE_PAYER, fuzz.ratio)
    return known or Payer.objects.create(name=text[:120], payer_id=f"NEW-{next_number('payer')}"), None


def _alike(text: str, rows: Sequence[Named], least: int, likeness: Any) -> Named | None:
    wanted = name_key(text)
    scored = [(likeness(wanted, name_key(row.name)), row) for row in rows] if wanted else []
    best = max(scored, key=lambda one: (one[0], fuzz.ratio(wanted, name_key(one[1].name))), default=None)
    return best[1] if best and best[0] >= least else None
