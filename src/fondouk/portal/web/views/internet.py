"""A member's Wi-Fi, the Internet service of the company, and the badges and keys in its hands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fondouk.access.actions import give_wifi, revoke_wifi
from fondouk.access.models import Credential, InternetService, WifiAccount
from fondouk.access.queries import totals_of
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.toasts import toast


@require_safe
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    return _shown(request, mine)


@require_POST
@never_cache
@with_company
def password(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The answer shows the password, and nothing keeps it."""
    if not InternetService.objects.on(mine.day).filter(company=mine.company).exists():
        raise Http404
    account, secret = give_wifi(mine.person, mine.company, by=mine.person)
    return _shown(request, mine, username=account.username, secret=secret)


@require_POST
@with_company
def revoke(request: HttpRequest, mine: Mine, pk: int) -> HttpResponse:
    """One's own; those of the others too for whoever keeps the team."""
    found = get_object_or_404(WifiAccount, pk=pk, company=mine.company)
    if found.person_id != mine.person.pk:
        mine.need("companies.team")
    revoke_wifi(found, by=mine.person)
    toast(request, _("This Wi-Fi password works no more."))
    return redirect("member_internet")


def _shown(request: HttpRequest, mine: Mine, *, username: str = "", secret: str = "") -> HttpResponse:
    services = InternetService.objects.on(mine.day).filter(company=mine.company)
    accounts = WifiAccount.objects.filter(company=mine.company, revoked_at=None).select_related("person")
    own = next((one for one in accounts if one.person_id == mine.person.pk), None)
    may_keep = mine.may("companies.team")
    context = {
        "services": services.select_related("site").prefetch_related("addresses").defer("site__vector"),
        "totals": totals_of(mine.company),
        "own": own,
        "others": [one for one in accounts if one != own] if may_keep else [],
        "held": Credential.objects.held().filter(company=mine.company).select_related("person", "site"),
        "username": username,
        "secret": secret,
    }
    return render_mine(request, mine, "portal/internet.html", context, below="member_home")
