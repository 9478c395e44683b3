"""The organizations with their sites, and the people who sign in."""

from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from organizations.models import Membership, Organization, Site, User
from referralhub.demo import practices, world
from referralhub.demo.seeding.rows import Rows

PASSWORD = "sunlit-harbor-wheat-42"  # noqa: S105 (for the demo only; the command refuses to run elsewhere)
Staff = dict[str, Membership]  # by role


def organization_of(made_up: world.Organization) -> Organization:
    """The organization of that slug, new or as it is. A new one is not saved yet."""
    return Organization.objects.filter(slug=made_up.slug).first() or Organization(
        slug=made_up.slug,
        name=made_up.name,
        short_name=made_up.short_name,
        phone=made_up.phone,
        fax=made_up.fax,
        npi=made_up.npi,
        city=made_up.sites[0].address.city,
        time_zone=made_up.timezone,
    )


def sites(made_up: world.Organization, rows: Rows) -> dict[str, Site]:
    """Where the organization sees patients, by name."""
    return {
        site.name: rows.found_or_added(
            Site,
            {
                "line1": site.address.street,
                "city": site.address.city,
                "state": site.address.state,
                "postal_code": site.address.postcode,
                "phone": site.phone,
            },
            name=site.name,
        )
        for site in made_up.sites
    }


def staff(organization: Organization, rows: Rows) -> Staff:
    """One colleague a role, each able to sign in."""
    here = [person for person in practices.USERS if person.organization == organization.slug]
    return {
        person.role: rows.found_or_added(
            Membership, {"role": person.role}, organization=organization, user=_user(person)
        )
        for person in here
    }


def _user(person: world.DemoUser) -> User:
    name, _, credential = person.name.partition(", ")
    user = User.objects.filter(email__iexact=person.email).first() or User(email=person.email)
    user.full_name, user.credential, user.password = name, credential, _hashed_password()
    user.save()
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@cache
def _hashed_password() -> str:
    """Hashed once for all: the hash is slow on purpose."""
    return make_password(PASSWORD)
