"""What each class of paper is called, and what a person does with one that is no referral. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A class in words. `can_be_filed` says that it may go on the patient without a referral."""

    title: str
    advice: str
    icon: str
    can_be_filed: bool = False
    is_filed_away: bool = False


KINDS = {
    "consult_report": Kind(
        "A consult report.", "Attach it to the referral that it answers.", icon="file-text", can_be_filed=True
    ),
    "lab_result": Kind(
        "A lab result.",
        "Attach it to its referral, or file it on the patient.",
        icon="flask-conical",
        can_be_filed=True,
    ),
    "order": Kind(
        "An order, not a referral.",
        "File it on the patient, or refuse it and say to whom it was passed on.",
        icon="list-checks",
        can_be_filed=True,
    ),
    "records_request": Kind(
        "Somebody asks for records.",
        "Pass it on to whoever answers these, then refuse it and say so.",
        icon="file-up",
    ),
    "confirmation": Kind(
        "It confirms a fax that we sent.",
        "Nothing is asked of us. File it away.",
        icon="mail-check",
        is_filed_away=True,
    ),
    "junk": Kind("It looks like an advertisement.", "Refuse it if nothing else is on it.", icon="mail-x"),
    "blank": Kind("Nothing is written on it.", "Refuse it, or join it to the paper before.", icon="file-x"),
}


def of(doc_class: str) -> Kind | None:
    """What to say about a paper of this class; None for requests, which the page is made for."""
    return KINDS.get(doc_class)
