"""The finance home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.billing.models import BillingRun, Profile
from fondouk.billing.queries import finance
from fondouk.billing.rules import READERS
from fondouk.billing.web.tabs import tabs
from fondouk.people.rules import required, verdict
from fondouk.sites.current import current_site
from fondouk.sites.rules import reach

RUNS = 4


@require_safe
@required("billing.list")
def page(request: HttpRequest) -> HttpResponse:
    site, within = current_site(request), reach(request.user, *READERS)
    if site is not None and within.covers(site.pk):
        sites = frozenset({site.pk})
    else:
        site, sites = None, within.sites
    shown = None if within.network and site is None else sites
    found = finance(shown, timezone.localdate())
    context = {
        "tabs": tabs(request, "billing"),
        "finance": found,
        "site": site,
        "runs": BillingRun.objects.visible_to(request.user).prefetch_related("sites")[:RUNS],
        "is_set_up": Profile.objects.exists(),
        "may_bill": verdict(request.user, "billing.bill"),
        "may_set": verdict(request.user, "billing.settings"),
    }
    return render(request, "billing/home.html", context)
