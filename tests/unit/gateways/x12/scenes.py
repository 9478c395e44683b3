"""Questions and answers written for these tests."""

from datetime import date, datetime
from typing import Any

from gateways.clearinghouse.x12.eligibility import EligibilityQuestion, build_271
from gateways.clearinghouse.x12.writer import segment

ISA = (
    "ISA*00*          *00*          *ZZ*REFHUB         *ZZ*BLUERIDGE      "
    "*261125*0930*^*00501*000000007*0*T*:~"
)
GS = "GS*HB*BLUERIDGE*REFHUB*20261125*0930*7*X*005010X279A1~"


def make_question(**changes: Any) -> EligibilityQuestion:
    """Jane Doe, asked about on 25 November 2026."""
    facts: dict[str, Any] = {
        "payer_name": "Blue Ridge Health",
        "payer_id": "BRH01",
        "provider_name": "Lakeside Specialty",
        "provider_npi": "1679576722",
        "member_id": "QX12345",
        "given_name": "Jane",
        "family_name": "Doe",
        "birth_date": date(1963, 5, 19),
        "sex": "F",
        "service_on": date(2026, 11, 30),
        "trace": "93175012547",
        "control_number": 7,
        "sender_id": "REFHUB",
        "receiver_id": "BLUERIDGE",
        "production": False,
        "asked_at": datetime(2026, 11, 25, 9, 30),
    }
    return EligibilityQuestion(**facts | changes)


def answer_with(*details: tuple[str, ...], rejection: str = "") -> str:
    """A 271 about Jane Doe with these segments."""
    return build_271(make_question(), details=[segment(*detail) for detail in details], rejection=rejection)


def wrapped(*body: str, st: str = "ST*271*0001*005010X279A1~") -> str:
    """A 271 transaction of raw segments, without terminators, in correct envelopes."""
    segments = "".join(f"{each}~" for each in body)
    return f"{ISA}{GS}{st}{segments}SE*{len(body) + 2}*0001~GE*1*7~IEA*1*000000007~"
