"""The payers and their plans."""

from dataclasses import dataclass

from insurance.models import Payer, Plan
from referralhub.demo.payers import PAYERS
from referralhub.demo.seeding.rows import Rows


@dataclass(frozen=True)
class Payers:
    """Payers by payer id, plans by name: no two payers of the demo have a plan of one name."""

    payers: dict[str, Payer]
    plans: dict[str, Plan]


def payers(rows: Rows) -> Payers:
    """All eight, with their plans."""
    known = {
        payer.payer_id: rows.found_or_added(Payer, {"name": payer.name}, payer_id=payer.payer_id)
        for payer in PAYERS
    }
    plans = {
        plan.name: rows.found_or_added(Plan, {"kind": plan.kind}, payer=known[payer.payer_id], name=plan.name)
        for payer in PAYERS
        for plan in payer.plans
    }
    return Payers(known, plans)
