"""Who may do what: the whole permission matrix on one page. Views, buttons, moves and tests read it from here."""

from dataclasses import dataclass

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
PERMISSIONS = DESK_WORK | {
    "referrals.accept",
    "referrals.acknowledge",
    "analytics.view",
    "audit.view",
    "organization.manage",
    "people.manage",
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
        "Manager", *DESK_WORK, "referrals.accept", "analytics.view", "people.manage", "audit.view"
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
