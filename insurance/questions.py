"""A question about coverage and the payer's reply, as plain values between the rows and the wire."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Question:
    """All that a payer is told."""

    payer_name: str
    payer_id: str
    provider_name: str
    provider_npi: str
    member_id: str
    given_name: str
    family_name: str
    birth_date: date
    sex: str
    service_on: date
    trace: str
    control_number: int


@dataclass(frozen=True)
class BenefitLine:
    """One benefit of the reply; amount in dollars, percent of 100."""

    kind: str
    service_type: str = ""
    network: str = "unknown"
    period: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    is_remaining: bool = False
    message: str = ""


@dataclass(frozen=True)
class Reply:
    """What the payer said. `state` is one of EligibilityCheck.State; `sentence` says it to a person."""

    state: str
    sentence: str
    question_text: str
    answer_text: str
    plan_name: str = ""
    auth_required: str = "unknown"
    rejections: tuple[str, ...] = ()
    benefits: tuple[BenefitLine, ...] = field(default_factory=tuple)
