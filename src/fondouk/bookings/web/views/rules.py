"""Who may book what, how much of it, and at what price: the rules in force and to come, and setting them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.bookings.actions import end_rule, set_rule
from fondouk.bookings.models import BookingRule, PriceRule, QuotaRule
from fondouk.bookings.queries import bookable
from fondouk.bookings.rules import JUDGES, PRICERS
from fondouk.bookings.web.price_forms import PriceForm, QuotaForm
from fondouk.bookings.web.rule_forms import RuleForm
from fondouk.bookings.wording import price_rule_said, quota_said, says
from fondouk.lib.db import lasts_beyond
from fondouk.lib.saving import say_beside
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.sites.enums import Role
from fondouk.sites.models import Site
from fondouk.sites.rules import Reach, reach
from fondouk.ui.toasts import toast

WORDS: dict[Any, Callable[[Any], list[str]]] = {
    BookingRule: says,
    PriceRule: price_rule_said,
    QuotaRule: lambda rule: [quota_said(rule)],
}


def _visible(account: Any, model: Any) -> Any:
    """Those of the whole network, and of the sites within reach."""
    has_spaces = model is not QuotaRule
    rows = model.objects.select_related("site", *(["resource__site"] if has_spaces else []))
    within = reach(account)
    if within.network:
        return rows
    mine, everywhere = Q(site__in=within.sites), Q(site=None)
    if has_spaces:
        mine, everywhere = mine | Q(resource__site__in=within.sites), everywhere & Q(resource=None)
    return rows.filter(mine | everywhere)


def may_set(account: Any, rule: Any) -> bool:
    within = reach(account, *(PRICERS if isinstance(rule, PriceRule) else JUDGES))
    space = getattr(rule, "resource", None)
    site = space.site_id if space else rule.site_id
    return within.network if site is None else within.covers(site)


def _told(request: HttpRequest, model: Any) -> list[dict[str, Any]]:
    """Those in force and to come, in words."""
    today = timezone.localdate()
    return [
        {
            "rule": rule,
            "says": WORDS[model](rule),
            "is_ahead": bool(rule.period.lower and rule.period.lower > today),
            "may": may_set(request.user, rule),
        }
        for rule in _visible(request.user, model).filter(lasts_beyond(today)).order_by(*_order(model))
    ]


def _order(model: Any) -> list[str]:
    who = "segment" if model is PriceRule else "audience"
    space = [] if model is QuotaRule else ["resource__code_folded"]
    return [*space, "site__code", "kind", who, "period"]


@require_safe
@required("bookings.view")
def rule_list(request: HttpRequest) -> HttpResponse:
    context = {
        "rules": _told(request, BookingRule),
        "quotas": _told(request, QuotaRule),
        "may_set": verdict(request.user, "bookings.decide"),
    }
    return render(request, "bookings/rule/list.html", context)


@require_safe
@required("bookings.view")
def price_list(request: HttpRequest) -> HttpResponse:
    context = {"prices": _told(request, PriceRule), "may_set": verdict(request.user, "bookings.price")}
    return render(request, "bookings/price/list.html", context)


def _scope(request: HttpRequest, roles: tuple[Role, ...]) -> dict[str, Any]:
    """The sites for which the person may set rules."""
    within = reach(request.user, *roles)
    sites = Site.objects.all() if within.network else Site.objects.filter(pk__in=within.sites)
    return {"sites": sites, "is_network": within.network}


def _spaces(request: HttpRequest, within: Reach) -> Any:
    spaces = bookable(request.user).order_by("site", "code_folded")
    return spaces if within.network else spaces.filter(site__in=within.sites)


def _before(request: HttpRequest, model: Any) -> Any:
    """The rule that another is to follow (`?after=`)."""
    return _visible(request.user, model).filter(pk=typed_key(request.GET.get("after", "")) or 0).first()


def _set(request: HttpRequest, form: Any) -> bool:
    """Whether the rule of the form is set; what is refused stands beside its fields."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        set_rule(form.rule(), since=form.cleaned_data["since"], by=request.user.person)
    except ValidationError as error:
        say_beside(form, error)
        return False
    return True


def _form(request: HttpRequest, template: str, form: Any, before: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "before": before}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.decide")
def rule_new(request: HttpRequest) -> HttpResponse:
    before = _before(request, BookingRule)
    initial = RuleForm.begun(before) if before else {"resource": typed_key(request.GET.get("space", ""))}
    spaces = _spaces(request, reach(request.user, *JUDGES))
    form = RuleForm(request.POST or None, initial=initial, spaces=spaces, **_scope(request, JUDGES))
    if _set(request, form):
        toast(request, _("The rule is set."))
        return redirect("booking_rules")
    return _form(request, "bookings/rule/form.html", form, before)


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.decide")
def quota_new(request: HttpRequest) -> HttpResponse:
    before = _before(request, QuotaRule)
    initial = QuotaForm.begun(before) if before else {}
    form = QuotaForm(request.POST or None, initial=initial, **_scope(request, JUDGES))
    if _set(request, form):
        toast(request, _("The quota is set."))
        return redirect("booking_rules")
    return _form(request, "bookings/rule/quota.html", form, before)


@require_http_methods(["GET", "HEAD", "POST"])
@required("bookings.price")
def price_new(request: HttpRequest) -> HttpResponse:
    before = _before(request, PriceRule)
    initial = PriceForm.begun(before) if before else {"resource": typed_key(request.GET.get("space", ""))}
    spaces = _spaces(request, reach(request.user, *PRICERS))
    form = PriceForm(request.POST or None, initial=initial, spaces=spaces, **_scope(request, PRICERS))
    if _set(request, form):
        toast(request, _("The price is set."))
        return redirect("booking_prices")
    return _form(request, "bookings/price/form.html", form, before)


def _end(request: HttpRequest, model: Any, pk: int) -> None:
    rule = get_object_or_404(_visible(request.user, model), pk=pk)
    if not may_set(request.user, rule):
        raise Http404
    end_rule(rule, on=timezone.localdate(), by=request.user.person)


@require_POST
@required("bookings.decide")
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    _end(request, BookingRule, pk)
    toast(request, _("The rule is ended: a less specific one, or what is usual, holds from today on."))
    return redirect("booking_rules")


@require_POST
@required("bookings.decide")
def quota_end(request: HttpRequest, pk: int) -> HttpResponse:
    _end(request, QuotaRule, pk)
    toast(request, _("The quota is ended."))
    return redirect("booking_rules")


@require_POST
@required("bookings.price")
def price_end(request: HttpRequest, pk: int) -> HttpResponse:
    _end(request, PriceRule, pk)
    toast(
        request, _("The price is ended: a less specific one, or the space's own rate, holds from today on.")
    )
    return redirect("booking_prices")
