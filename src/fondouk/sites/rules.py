"""Who reaches which sites, through the roles they hold today."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import rules
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import lasts_beyond
from fondouk.lib.prepared import Prepared
from fondouk.people.models import Person
from fondouk.people.rules import define
from fondouk.sites.enums import Role

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Reach:
    """The sites where somebody may do something: all of them, or these."""

    network: bool
    sites: frozenset[int]

    def __bool__(self) -> bool:
        return self.network or bool(self.sites)

    def covers(self, site: int | None) -> bool:
        return self.network or (site is not None and site in self.sites)

    def covers_any(self, sites: Iterable[int]) -> bool:
        return self.network or any(site in self.sites for site in sites)

    def limit(self, rows: Rows, *paths: str) -> Rows:
        """`rows` whose site, at any of these lookup paths, is within reach."""
        if self.network:
            return rows
        if not self.sites:
            return rows.none()
        within = Q()
        for path in paths:
            within |= Q(**{f"{path}__in": self.sites})
        return rows.filter(within)


NOWHERE = Reach(False, frozenset())
HELD = Prepared(
    lambda person, day: (
        Person(pk=person).grants.on(day).order_by().values_list("role", "site_id")
    ),
    -7, date(1, 1, 7),
)  # fmt: skip
"""Roles and sites of somebody on a day: every page asks."""


def reach(account: Any, *roles: Role) -> Reach:
    """Where `account` holds any of `roles` (any role at all when none is named) today."""
    if not account.is_authenticated or not account.is_active:
        return NOWHERE
    if "grants" not in account.answers:
        account.answers["grants"] = HELD(account.person_id, timezone.localdate())
    held = [
        site
        for role, site in account.answers["grants"]
        if not roles or role == Role.ADMINISTRATOR or role in roles
    ]
    return Reach(None in held, frozenset(site for site in held if site is not None))


def granted(*roles: Role) -> Any:
    """A predicate: one of `roles` somewhere or, given a subject with `site_ids()`, on one of its sites.

    A subject without any site (a partner, a project not hosted anywhere) belongs to the whole network: everybody with
    the role reaches it.
    """

    @rules.predicate(f"granted:{'|'.join(roles) or 'any'}")
    def predicate(account: Any, subject: Any) -> bool:
        within = reach(account, *roles)
        if subject is None or not within:
            return bool(within)
        sites = (
            list(subject.site_ids()) if hasattr(subject, "site_ids") else [getattr(subject, "site_id", None)]
        )
        return not sites or within.covers_any(site for site in sites if site is not None)

    return predicate


def granted_on_network(*roles: Role) -> Any:
    """A predicate: one of `roles` on the whole network."""

    @rules.predicate(f"network:{'|'.join(roles) or 'any'}")
    def predicate(account: Any, subject: Any) -> bool:
        return reach(account, *roles).network

    return predicate


@rules.predicate
def site_within_reach(account: Any, site: Any) -> bool:
    return reach(account).covers(site.pk) if site is not None else bool(reach(account))


@rules.predicate
def site_managed(account: Any, site: Any) -> bool:
    managed = reach(account, Role.DIRECTION, Role.SITE_MANAGER)
    return managed.covers(site.pk) if site is not None else bool(managed)


Guard = Callable[[Any, Person], bool]
GUARDS: list[Guard] = []


def register_guard(guard: Guard) -> Guard:
    """Add a function that says whether an account may do for a person what this person may do in an app.

    Whoever changes a person's address, or says where their invitation goes, could sign in as them. So that nobody gains
    by it, each app answers for what it lets people do.
    """
    GUARDS.append(guard)
    return guard


@rules.predicate
def edits_people(account: Any, _person: Any) -> bool:
    return bool(reach(account, Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.RECEPTION))


@rules.predicate
def not_above(account: Any, person: Any) -> bool:
    """Without a person: anybody. Oneself: yes. Else what they hold must be within what the account may give."""
    if person is None or person.pk == account.person_id:
        return True
    return all(guard(account, person) for guard in GUARDS)


@register_guard
def _roles_within_reach(account: Any, person: Person) -> bool:
    """Only an administrator answers for an administrator; for any other role, now or to come, whoever gives roles."""
    lasting = person.grants.filter(lasts_beyond(timezone.localdate()))
    held = set(lasting.values_list("role", flat=True))
    if Role.ADMINISTRATOR in held:
        return reach(account, Role.ADMINISTRATOR).network
    return not held or reach(account, Role.DIRECTION).network


_managers = _("Only the direction, an administrator or the manager of the site may do this.")
_administrators = _("Only an administrator of the whole network may do this.")

define("sites.staff", granted(), _("This is for the park's staff."))
define("sites.view", site_within_reach, _("You have no role on this site."))
define("sites.edit", site_managed, _managers)
define("sites.create", granted_on_network(Role.DIRECTION), _administrators)
define("sites.settings", granted_on_network(Role.ADMINISTRATOR), _administrators)
define("people.view", granted(), _("This is for the park's staff."))
define(
    "people.edit",
    edits_people,
    _("Only a site manager, admissions, reception or the direction may change a person."),
)
define(
    "people.answer_for",
    edits_people & not_above,
    _("This person holds a role, or a place in a team, that is not yours to give."),
)
define(
    "people.grant",
    granted_on_network(Role.DIRECTION) & not_above,
    _(
        "Only the direction or an administrator of the whole network may do this, to whoever is not above them."
    ),
)
define("people.grant_administrator", granted_on_network(Role.ADMINISTRATOR), _administrators)
define("people.privacy", granted_on_network(Role.ADMINISTRATOR), _administrators)

# Permissions of the frameworks below: they know no roles.
define(
    "imports.run",
    granted_on_network(Role.DIRECTION),
    _("Only the direction or an administrator of the whole network may import books."),
)
define("jobs.view", granted(), _("This is for the park's staff."))
define("mail.view", granted_on_network(Role.DIRECTION), _managers)
define(
    "mail.read",
    granted_on_network(Role.DIRECTION) & not_above,
    _("This message is for somebody who may do more than you: its text, with the links in it, is not shown."),
)
define("audit.view", granted_on_network(Role.DIRECTION), _administrators)
