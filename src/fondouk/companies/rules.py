"""Who sees and changes companies."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MemberRole
from fondouk.people.models import Person
from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted, granted_on_network, register_guard


def _memberships(account: Any) -> list[tuple[int, str]]:
    if "memberships" not in account.answers:
        account.answers["memberships"] = list(
            account.person.memberships.current().values_list("company_id", "role")
        )
    return account.answers["memberships"]  # type: ignore[no-any-return]


@rules.predicate
def is_member(account: Any, company: Any) -> bool:
    """Of this company or, without one, of any."""
    if not account.is_authenticated:
        return False
    return any(company is None or held == company.pk for held, _role in _memberships(account))


@rules.predicate
def is_owner(account: Any, company: Any) -> bool:
    if not account.is_authenticated:
        return False
    return any(
        role == MemberRole.OWNER and (company is None or held == company.pk)
        for held, role in _memberships(account)
    )


staff = granted()
EDITORS = (Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.PARTNERSHIPS)
editors = granted(*EDITORS)

define("companies.list", staff, _("This is for the park's staff."))
define("companies.view", staff | is_member, _("This company is hosted on a site where you have no role."))
define(
    "companies.edit",
    editors,
    _("Only a site manager, admissions, partnerships or the direction may change a company."),
)
define(
    "companies.figures",
    editors | granted(Role.PROGRAMMES) | is_owner,
    _("Only the company's owner or the staff who follow it may enter figures."),
)
define(
    "companies.amounts",
    editors | granted(Role.PROGRAMMES, Role.FINANCE) | is_member,
    _("Turnover, exports and funds raised are for those who follow the company, and for finance."),
)
define(
    "companies.team",
    editors | is_owner,
    _("Only the company's owner or its site manager may change the team."),
)
define(
    "companies.documents",
    editors | granted(Role.PROGRAMMES) | is_owner,
    _("Only the company's owner or the staff who follow it may add documents."),
)
define(
    "companies.campaigns",
    granted_on_network(Role.DIRECTION, Role.PROGRAMMES),
    _("Only the direction or programmes of the whole network ask companies for figures."),
)
define("companies.notes", staff, _("Notes are for the staff."))
define(
    "companies.merge",
    granted_on_network(Role.DIRECTION),
    _("Only the direction or an administrator of the whole network may merge companies."),
)
define("companies.member", is_member, _("You belong to no company of the network."))


@register_guard
def _teams_within_reach(account: Any, person: Person) -> bool:
    """Whoever may keep the team of each company that the person works for."""
    held = person.memberships.current().select_related("company")
    return all(account.has_perm("companies.team", membership.company) for membership in held)
