"""What sites bring to the console, to other pages and to Ctrl/Cmd+K. People stand below search: theirs come from here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.audit import links
from fondouk.people.models import Person
from fondouk.search import registry as search
from fondouk.search.queries import matching, telephoned
from fondouk.sites.models import Site
from fondouk.sites.queries import visible_people
from fondouk.ui.registry import MenuEntry, Panel, register


def roles_of(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """On one's own account: the roles held today, and what each may do."""
    held = list(person.grants.on(timezone.localdate()).select_related("site"))
    return {"roles": held} if held else None


def find_people(account: Any, terms: Any, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("people.view"):
        return
    visible = visible_people(account).living().prefetch_related("emails")
    found = list(matching(visible, terms)[:limit])
    found += [one for one in telephoned(visible, terms)[:limit] if one not in found]
    for person in found[:limit]:
        detail = " · ".join(filter(None, (person.main_email, person.phone)))
        yield search.Hit(person.name, reverse("person", args=[person.pk]), detail, icon="user")


def find_sites(account: Any, terms: Any, limit: int) -> Iterable[search.Hit]:
    for site in matching(Site.objects.visible_to(account), terms)[:limit]:
        yield search.Hit(
            site.full_name, reverse("site", args=[site.code]), site.label, icon="map-pin", rank=site.rank
        )


def site_address(key: str) -> str:
    """Sites are found by their code, the audit knows their number."""
    code = Site.objects.filter(pk=key).values_list("code", flat=True).first()
    return reverse("site", args=[code]) if code else ""


links.register("sites.site", site_address)
links.register("people.account", lambda key: "")
links.register("people.invitation", lambda key: "")
links.register("people.apitoken", lambda key: "")
register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=_("Sites"),
        route="sites",
        icon="map-pin",
        order=250,
        permission="sites.staff",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("People"),
        route="people",
        icon="users",
        order=810,
        permission="people.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Roles"),
        route="roles",
        icon="user-shield",
        order=820,
        permission="people.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Journal"),
        route="audit_log",
        icon="history",
        order=880,
        permission="audit.view",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=_("Settings"),
        route="settings",
        icon="settings",
        order=890,
        permission="sites.staff",
    ),
    Panel(
        place="people.my_account:side",
        template="sites/parts/my_roles.html",
        context=roles_of,
        order=10,
    ),
)
search.register(
    search.Source(code="people", label=_("People"), find=find_people, order=20),
    search.Source(code="sites", label=_("Sites"), find=find_sites, order=40),
    search.Action(
        label=_("Invite somebody"),
        route="person_new",
        icon="user-plus",
        words=_("add person account invitation"),
        permission="people.edit",
    ),
    search.Action(
        label=_("Add a site"), route="site_new", icon="map-pin", words=_("new"), permission="sites.create"
    ),
    search.Action(
        label=_("My account"),
        route="my_account",
        icon="user-circle",
        words=_("password passkey token profile"),
        permission="people.signed_in",
    ),
    search.Action(label=_("People"), route="people", icon="users", permission="people.view"),
    search.Action(label=_("Sites"), route="sites", icon="map-pin", permission="sites.staff"),
    search.Action(label=_("Roles"), route="roles", icon="user-shield", permission="people.view"),
    search.Action(
        label=_("Public holidays"),
        route="holidays",
        icon="calendar-event",
        words=_("feasts Ramadan Eid"),
        permission="sites.staff",
    ),
    search.Action(label=_("Settings"), route="settings", icon="settings", permission="sites.staff"),
    search.Action(
        label=_("Journal"), route="audit_log", icon="history", words=_("audit"), permission="audit.view"
    ),
)
