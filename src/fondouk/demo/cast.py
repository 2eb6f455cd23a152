"""Who one may be in the demonstration: somebody for every role that has a screen of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Kind, MemberRole
from fondouk.companies.models import Membership
from fondouk.people.models import Account
from fondouk.sites.enums import ROLE_DESCRIPTIONS, Role
from fondouk.sites.models import Grant

ICONS = {
    Role.ADMINISTRATOR: "shield-lock",
    Role.DIRECTION: "chart-bar",
    Role.SITE_MANAGER: "building-community",
    Role.ADMISSIONS: "user-plus",
    Role.SPACES: "map-2",
    Role.FINANCE: "receipt",
    Role.PROGRAMMES: "rocket",
    Role.EVENTS: "ticket",
    Role.PARTNERSHIPS: "heart-handshake",
    Role.RECEPTION: "door-enter",
}


@dataclass(frozen=True)
class Part:
    """`label` and `description` are lazy; `place` is where the role counts, or for whom."""

    account: int
    name: str
    label: Any
    description: Any
    icon: str
    place: str
    is_staff: bool


def parts() -> list[Part]:
    """The staff in the order of the roles, the widest first, then those of companies. Three queries."""
    order = {
        role.value: number
        for number, role in enumerate(sorted(Role, key=lambda role: role != Role.DIRECTION))
    }
    accounts = {account.person_id: account for account in Account.objects.filter(is_active=True)}
    grants = Grant.objects.filter(person__in=accounts).select_related("site")
    staff = [
        Part(
            accounts[grant.person_id].pk,
            accounts[grant.person_id].person.name,
            Role(grant.role).label,
            ROLE_DESCRIPTIONS[Role(grant.role)],
            ICONS[Role(grant.role)],
            grant.site.city if grant.site else "",
            True,
        )
        for grant in sorted(grants, key=lambda grant: (order[grant.role], grant.pk))
    ]
    memberships = Membership.objects.current().filter(person__in=accounts).select_related("company")
    memberships = memberships.prefetch_related("company__kinds")
    ranked = sorted(((_standing(one), one.pk, one) for one in memberships), key=lambda place: place[:2])
    members = []
    for standing, _pk, membership in ranked:
        account = accounts[membership.person_id]
        label, description, icon = OUTSIDE[standing]
        place = membership.company.name
        members.append(Part(account.pk, account.person.name, label, description, icon, place, False))
    return staff + members


PARTNERS = {
    Kind.PARTNER, Kind.BANK, Kind.UNIVERSITY, Kind.FABLAB, Kind.LARGE_COMPANY, Kind.ADMINISTRATION, Kind.FEDERATION,
}  # fmt: skip
OWNER, MEMBER, INVESTOR, PARTNER = range(4)
OUTSIDE = {
    OWNER: (
        _("Head of a hosted company"),
        _("Their company on a phone: team, figures, documents, contracts."),
        "building",
    ),
    MEMBER: (_("Member of a team"), _("What somebody who works in a hosted company sees."), "user"),
    INVESTOR: (_("Investor"), _("A fund that works with the park: its page, its team, its papers."), "coin"),
    PARTNER: (
        _("Partner"),
        _("A bank, a university or a large company beside the park: its page, its team, its papers."),
        "heart-handshake",
    ),
}


def _standing(membership: Membership) -> int:
    kinds = {one.kind for one in membership.company.kinds.all()}
    if Kind.FUND in kinds:
        return INVESTOR
    if kinds & PARTNERS:
        return PARTNER
    return OWNER if membership.role == MemberRole.OWNER else MEMBER
