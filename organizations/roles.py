"""Who may do what: the whole permission matrix on one page. Views, buttons, moves and tests read it here."""

from dataclasses import dataclass

WORDS: dict[str, dict[str, str]] = {
    "Referrals": {
        "referrals.view": "See referrals",
        "referrals.write": "Change a referral and ask for information",
        "referrals.accept": "Accept or decline",
        "referrals.schedule": "Book and record visits",
        "referrals.send": "Send papers to other offices",
        "referrals.acknowledge": "Acknowledge a report",
        "referrals.close": "Close, cancel or reopen",
    },
    "Faxes and papers": {
        "intake.view": "See the fax inbox",
        "intake.review": "Check a fax and accept it",
        "documents.view": "Open papers",
        "documents.add": "Add papers",
    },
    "Patients": {
        "patients.view": "See patients",
        "patients.write": "Change a patient's record",
        "notifications.send": "Write to a patient",
        "insurance.check": "Ask a payer about coverage",
    },
    "Running the practice": {
        "jobs.view": "See what needs attention",
        "jobs.retry": "Retry it, or take it off the list",
        "directory.write": "Change the directory and settle what is reported wrong",
        "analytics.view": "See the dashboard",
        "audit.view": "Search the access log",
        "people.manage": "Invite people and give them roles",
        "organization.manage": "Change the organization's settings",
    },
}
"""Every permission in words, grouped as the roles page shows them."""

PERMISSIONS = {permission for group in WORDS.values() for permission in group}
MANAGING = {"people.manage", "organization.manage"}
READ_REFERRALS = {"referrals.view", "patients.view", "documents.view"}
DESK_WORK = READ_REFERRALS | {
    "intake.view",
    "intake.review",
    "referrals.write",
    "referrals.send",
    "referrals.schedule",
    "referrals.close",
    "patients.write",
    "documents.add",
    "notifications.send",
    "insurance.check",
    "jobs.view",
    "jobs.retry",
}


@dataclass(frozen=True)
class Role:
    """A job in a practice, and what it may do."""

    label: str
    permissions: frozenset[str]


def _role(label: str, *permissions: str) -> Role:
    return Role(label, frozenset(permissions))


ROLES = {
    "front_desk": _role("Front desk", *DESK_WORK),
    "nurse": _role("Nurse", *DESK_WORK, "referrals.accept"),
    "insurance": _role(
        "Insurance desk",
        *READ_REFERRALS,
        "referrals.write",
        "insurance.check",
        "documents.add",
        "jobs.view",
        "jobs.retry",
    ),
    "physician": _role("Physician", *DESK_WORK, "referrals.accept", "referrals.acknowledge"),
    "manager": _role(
        "Manager",
        *DESK_WORK,
        "referrals.accept",
        "directory.write",
        "analytics.view",
        "people.manage",
        "audit.view",
    ),
    "admin": _role("Administrator", *PERMISSIONS),
    "auditor": _role("Auditor", "referrals.view", "patients.view", "audit.view"),
}
ROLE_CHOICES = [(name, role.label) for name, role in ROLES.items()]


def may(role: str, permission: str) -> bool:
    """Whether the role grants the permission. An unknown permission is a programming error."""
    if permission not in PERMISSIONS:
        raise KeyError(f"Unknown permission {permission!r}.")
    return permission in ROLES[role].permissions


def may_give(giver: str, role: str) -> bool:
    """Whether somebody in one role may put others into another or take it from them.

    Nobody hands out a right to manage that they lack: a manager makes no administrator, and unmakes none.
    """
    return ROLES[role].permissions & MANAGING <= ROLES[giver].permissions & MANAGING
