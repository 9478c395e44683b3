"""What each kind of work means for care, in one line: the title on the "Needs attention" page."""

EFFECTS = {
    "intake.read": ("A fax has not been read", "Read it again, or open it and type from the page."),
    "referrals.ask_payer": ("A payer has not answered about coverage", "Retry, or call the payer."),
    "referrals.send_dispatch": (
        "Papers have not left for another office",
        "Retry, or send them another way.",
    ),
    "referrals.follow_dispatch": ("Nobody knows whether a fax arrived", "Retry, or call the other office."),
    "notifications.deliver": ("A message has not reached a patient", "Retry, or call the patient."),
}
UNKNOWN_EFFECT = (
    "Something could not be finished",
    "Retry. If it stays, tell your administrator the job's number.",
)


def effect_of(name: str) -> tuple[str, str]:
    """What is waiting, and what a person can do."""
    return EFFECTS.get(name, UNKNOWN_EFFECT)
