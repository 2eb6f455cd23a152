"""What the layouts need on every page: menus, sites, the person, their links."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.sites.current import CHOICE, current_site, sites_within_reach
from fondouk.sites.enums import Role
from fondouk.ui.registry import MenuEntry, registry

GROUPS = {
    "pilot": gettext_lazy("Steering"),
    "residents": gettext_lazy("Residents"),
    "programmes": gettext_lazy("Programmes"),
    "network": gettext_lazy("Network"),
    "settings": gettext_lazy("Settings"),
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Lazy: pages without a layout, fragments and answers of the API pay nothing for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    is_staff = account.has_perm("sites.staff")
    return {
        "groups": _groups(request) if is_staff else [],
        "tabs": _entries(request, "member", "") if not is_staff else [],
        **(_sites(request) if is_staff else {}),
        "person": {"name": account.person.name, "detail": _detail(account)},
        "account_links": _account_links(account),
    }


def _groups(request: HttpRequest) -> list[dict[str, Any]]:
    groups = [{"label": label, "entries": _entries(request, "staff", key)} for key, label in GROUPS.items()]
    return [group for group in groups if group["entries"]]


def _entries(request: HttpRequest, shell: str, group: str) -> list[dict[str, Any]]:
    return [
        _entry(request, entry)
        for entry in registry.entries
        if entry.shell == shell
        and (not group or entry.group == group)
        and (entry.permission is None or request.user.has_perm(entry.permission))
    ]


def _entry(request: HttpRequest, entry: MenuEntry) -> dict[str, Any]:
    url = reverse(entry.route)
    section = entry.section or url.split("/")[2]
    parts = request.path.split("/")
    return {
        "label": entry.label,
        "url": url,
        "icon": entry.icon,
        "count": entry.count(request) if entry.count else 0,
        "active": len(parts) > 2 and parts[2] in section.split(),
    }


def _sites(request: HttpRequest) -> dict[str, Any]:
    sites, chosen = sites_within_reach(request), current_site(request)
    if len(sites) < 2:
        return {"sites": [], "site_label": str(sites[0]) if sites else ""}
    everywhere = {"name": _("All sites"), "url": f"?{CHOICE}=", "active": chosen is None}
    return {
        "sites": [
            everywhere,
            *(
                {"name": str(site), "url": f"?{CHOICE}={site.code}", "active": chosen == site}
                for site in sites
            ),
        ],
        "site_label": str(chosen) if chosen else _("All sites"),
    }


def _detail(account: Any) -> str:
    """What the person does here: the first of their roles, or their company."""
    held = account.answers.get("grants") or []
    if held:
        return str(Role(held[0][0]).label)
    membership = account.person.memberships.current().select_related("company").first()
    return str(membership.company) if membership else ""


def _account_links(account: Any) -> list[dict[str, Any]]:
    links = [("my_account", _("My account"), "user")]
    if account.has_perm("sites.staff") and account.has_perm("companies.member"):
        links.append(("member_home", _("My company"), "building"))
    found = []
    for route, label, icon in links:
        try:
            found.append({"url": reverse(route), "label": label, "icon": icon})
        except NoReverseMatch:
            continue
    return found
