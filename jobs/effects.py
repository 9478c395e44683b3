"""What each kind of work means for care, in one line: the title on the "Needs attention" page."""

EFFECTS = {
    "intake.read": ("A fax has not been read", "Read it again, or open it and type from the page."),
    "intake.fetch_fax": (
        "A fax is still at the fax service",
        "Retry, or get it from the service's own page and upload it.",
    ),
    "intake.mark_fax_viewed": (
        "A fax that we have is still marked as new at the fax service",
        "Retry, or mark it there.",
    ),
    "intake.ask_fax_line": (
        "A fax line does not answer: faxes may be waiting there",
        "Retry, or ask an administrator to look at Settings, Fax lines.",
    ),
    "intake.account_for": (
        "A fax that came is not accounted for",
        "Open the ledger, find the fax, and write there what became of it.",
    ),
    "referrals.ask_payer": ("A payer has not answered about coverage", "Retry, or call the payer."),
    "referrals.send_dispatch": (
        "Papers have not left for another office",
        "Retry, or send them another way.",
    ),
    "referrals.follow_dispatch": ("Nobody knows whether a fax arrived", "Retry, or call the other office."),
    "patients.check_import": ("A file of patients has not been checked", "Retry, or bring the file again."),
    "patients.write_import": (
        "A file of patients is written in part",
        "Retry: it goes on where it was and writes nothing twice.",
    ),
    "notifications.deliver": ("A message has not reached a patient", "Retry, or call the patient."),
}
UNKNOWN_EFFECT = (
    "Something could not be finished",
    "Retry. If it stays, tell your administrator the job's number.",
)


def effect_of(name: str) -> tuple[str, str]:
    """What is waiting, and what a person can do."""
    return EFFECTS.get(name, UNKNOWN_EFFECT)
