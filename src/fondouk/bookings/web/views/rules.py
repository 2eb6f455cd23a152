"""Who may book what: the rules in force and to come, and setting them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.actions import end_rule, set_rule
from fondouk.bookings.models import BookingRule
from fondouk.bookings.presentation import says
from fondouk.bookings.queries import bookable
from fondouk.bookings.rules import JUDGES
from fondouk.bookings.web.rule_forms import RuleForm
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Site
from fondouk.sites.rules import reach
from fondouk.ui.toasts import toast


def _visible(account: Any) -> Any:
    """Those of the whole network, and of the sites within reach."""
    rows = BookingRule.objects.select_related("site", "resource__site")
    within = reach(account)
    if within.network:
        return rows
    mine = Q(site__in=within.sites) | Q(resource__site__in=within.sites)
    return rows.filter(mine | Q(site=None, resource=None))


def may_set(account: Any, rule: BookingRule) -> bool:
    within = reach(account, *JUDGES)
    site = rule.resource.site_id if rule.resource else rule.site_id
    return within.network if site is None else within.covers(site)


@require_safe
@required("bookings.view")
def rule_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = _visible(request.user).filter(Q(period__endswith=None) | Q(period__endswith__gt=today))
    rules = rows.order_by("resource__code_folded", "site__code", "kind", "audience", "period")
    context = {
        "rules": [
            {
                "rule": rule,
                "says": says(rule),
                "is_ahead": bool(rule.period.lower and rule.period.lower > today),
                "may": may_set(request.user, rule),
            }
            for rule in rules
        ],
        "may_set": verdict(request.user, "bookings.decide"),
    }
    return render(request, "bookings/rule/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.decide")
def rule_new(request: HttpRequest) -> HttpResponse:
    """A new rule, or one that follows another (`?after=`)."""
    within = reach(request.user, *JUDGES)
    sites = Site.objects.all() if within.network else Site.objects.filter(pk__in=within.sites)
    spaces = bookable(request.user).order_by("site", "code_folded")
    if not within.network:
        spaces = spaces.filter(site__in=within.sites)
    before = _visible(request.user).filter(pk=typed_key(request.GET.get("after", "")) or 0).first()
    initial = RuleForm.begun(before) if before else {"resource": typed_key(request.GET.get("space", ""))}
    form = RuleForm(
        request.POST or None, initial=initial, sites=sites, spaces=spaces, is_network=within.network
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_rule(form.rule(), since=form.cleaned_data["since"], by=request.user.person)
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            toast(request, _("The rule is set."))
            return redirect("booking_rules")
    status = 422 if request.method == "POST" else 200
    return render(request, "bookings/rule/form.html", {"form": form, "before": before}, status=status)


@require_POST
@required("bookings.decide")
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(_visible(request.user), pk=pk)
    if not may_set(request.user, rule):
        raise Http404
    end_rule(rule, on=timezone.localdate(), by=request.user.person)
    toast(request, _("The rule is ended: a less specific one, or what is usual, holds from today on."))
    return redirect("booking_rules")
