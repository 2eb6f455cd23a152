"""The company that a member is looking at, and the page around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.companies.models import Company, Membership
from fondouk.lib.text import typed_key
from fondouk.people.models import Account, Person
from fondouk.people.rules import Verdict, required, verdict
from fondouk.ui.registry import registry

SESSION_KEY = "company"
PARAMETER = "company"


@dataclass(frozen=True)
class Mine:
    """`membership` is the person's own in `company`; `others` are their other companies."""

    account: Account
    company: Company
    membership: Membership
    others: list[Company]
    day: date

    @property
    def person(self) -> Person:
        return self.account.person

    def may(self, permission: str) -> Verdict:
        return verdict(self.account, permission, self.company)

    def need(self, permission: str) -> None:
        """404 for whoever types the address of what they may not do."""
        if not self.may(permission):
            raise Http404


View = Callable[..., HttpResponse]


def with_company(view: View) -> Callable[..., HttpResponseBase]:
    """Guard a member's view, and hand it `Mine` after the request.

    The company is the one that the address names (`?company=7`), else the one chosen before, else the
    first. One that is not the person's own answers 404.
    """

    @required("companies.member")
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, _mine(request), *args, **kwargs)

    return shown


def _mine(request: HttpRequest) -> Mine:
    account: Any = request.user
    held = {
        membership.company_id: membership
        for membership in account.person.memberships.current()
        .filter(company__merged_into=None)
        .select_related("company")
        .order_by("company__name_folded")
    }
    if not held:
        raise Http404
    asked = request.GET.get(PARAMETER, "")
    if asked:
        key = typed_key(asked)
        if key not in held:
            raise Http404
        request.session[SESSION_KEY] = key
    chosen = held.get(request.session.get(SESSION_KEY)) or next(iter(held.values()))
    others = [membership.company for membership in held.values() if membership != chosen]
    return Mine(account, chosen.company, chosen, others, timezone.localdate())


def render_mine(
    request: HttpRequest,
    mine: Mine,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    below: str = "",
) -> HttpResponse:
    """`below` names the entry of the bar that lights up, for a page whose address does not tell."""
    common = {"mine": mine, "company": mine.company, "day": mine.day, "shell": _shell(request, mine, below)}
    return render(request, template, {**common, **context}, status=status)


def _shell(request: HttpRequest, mine: Mine, below: str) -> dict[str, Any]:
    """The member's bar, also for staff who are members of a company: the longest address that fits is lit."""
    entries = [
        entry
        for entry in registry.entries
        if entry.shell == "member" and (entry.permission is None or request.user.has_perm(entry.permission))
    ]
    tabs = [
        {
            "label": entry.label,
            "url": reverse(entry.route),
            "icon": entry.icon,
            "count": entry.count(request) if entry.count else 0,
            "active": False,
        }
        for entry in entries
    ]
    place = reverse(below) if below else request.path
    lit = max(
        (tab for tab in tabs if place.startswith(tab["url"])),
        key=lambda tab: len(tab["url"]),
        default=None,
    )
    if lit:
        lit["active"] = True
    return {
        "tabs": tabs,
        "person": {"name": mine.person.name, "detail": str(mine.company)},
        "account_links": _links(request, mine),
    }


def _links(request: HttpRequest, mine: Mine) -> list[dict[str, Any]]:
    links = [
        {
            "label": company,
            "url": f"{reverse('member_home')}?{PARAMETER}={company.pk}",
            "icon": "switch-horizontal",
        }
        for company in mine.others
    ]
    wanted = [("my_account", _("My account"), "user")]
    if request.user.has_perm("sites.staff"):
        wanted.append(("today", _("Console"), "layout-dashboard"))
    for route, label, icon in wanted:
        try:
            links.append({"label": label, "url": reverse(route), "icon": icon})
        except NoReverseMatch:
            continue
    return links
