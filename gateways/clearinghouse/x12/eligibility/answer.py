"""What a payer answered about a member, as values: the rest of the program never sees X12."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gateways.clearinghouse.x12.eligibility.codes import Desk, Flag, FollowUp, Network

Status = Literal["active", "active_pending", "inactive", "inactive_pending", "pending", "error", "unknown"]

OFFICE_VISIT, WHOLE_PLAN = "98", "30"


@dataclass(frozen=True, slots=True)
class Benefit:
    """One statement about one service type; amounts in dollars, percent as in 20 for 20 %.

    The kind is one of codes.KINDS (copay, coinsurance, deductible, out_of_pocket, limitation, ...), the
    period one of codes.PERIODS or empty. `remaining` marks what is left of a deductible or maximum.
    """

    kind: str
    service_type: str
    network: Network
    period: str
    amount: Decimal | None
    percent: Decimal | None
    remaining: bool
    auth_required: Flag
    message: str
    level: str = ""
    quantity: Decimal | None = None
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why the payer did not answer: the loop and code (AAA03) it names, what that means, and who acts on it.

    The field names what to look at in the coverage, where the code points at one.
    """

    loop: str
    code: str
    meaning: str
    follow_up: FollowUp
    desk: Desk
    field: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A person or organization an answer points to: a primary care provider, another payer."""

    name: str
    identifier: str


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """A 271 read. `pending` means that the payer will answer later, `error` that it did not understand or
    does not know the member, `unknown` that it answered without saying whether there is coverage. Warnings
    tell where the text does not follow the standard, for instance that its end may be missing.
    """

    status: Status
    trace: str = ""
    member_id: str = ""
    group_number: str = ""
    plan_name: str = ""
    insurance_type: str = ""
    plan_begins_on: date | None = None
    plan_ends_on: date | None = None
    benefits: tuple[Benefit, ...] = ()
    primary_care: Party | None = None
    other_payers: tuple[Party, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    auth_required: Flag = "unknown"
    referral_likely: bool = False
    warnings: tuple[str, ...] = ()

    def find(
        self, kind: str, *, service_type: str = OFFICE_VISIT, remaining: bool = False, network: Network = "in"
    ) -> Benefit | None:
        """The benefit that fits best: of this service type, else of an office visit, else of the whole plan.

        A statement for the asked network or for both goes before one that names no network.
        """
        fitting = [found for found in self.benefits if found.kind == kind and found.remaining == remaining]
        for wanted in (service_type, OFFICE_VISIT, WHOLE_PLAN, ""):
            for networks in ((network, "both"), ("unknown",)):
                for benefit in fitting:
                    if benefit.service_type == wanted and benefit.network in networks:
                        return benefit
        return None
