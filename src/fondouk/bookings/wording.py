"""Rules, prices and quotas in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext_lazy

from fondouk.bookings.enums import PriceUnit
from fondouk.bookings.models import BookingRule, PriceRule, QuotaRule
from fondouk.bookings.pricing import EVERY_DAY, Price, PriceLine
from fondouk.bookings.refusals import length, quota
from fondouk.bookings.terms import Terms
from fondouk.lib.formats import format_percent
from fondouk.sites.enums import Weekday
from fondouk.ui.formatting import clock, listed, money_cents


def says(rule: BookingRule) -> list[str]:
    """What a rule says, in words, each of its values."""
    found = []
    for name, (yes, no) in SWITCHES.items():
        value = getattr(rule, name)
        if value is not None:
            found.append(str(yes if value else no))
    for name in (*LENGTHS, "horizon_days", *PERCENTS):
        value = getattr(rule, name)
        if value is not None:
            found.append(_number_said(name, value))
    return found


def terms_said(terms: Terms) -> list[str]:
    """What holds for somebody, in words: what a rule would say of it, without what is as usual for everybody."""
    if not terms.is_allowed:
        return [str(SWITCHES["is_allowed"][1])]
    found = [str(SWITCHES["within_hours"][0 if terms.within_hours else 1])]
    if terms.needs_approval:
        found.append(str(SWITCHES["needs_approval"][0]))
    for name in (
        "longest_minutes",
        "notice_minutes",
        "horizon_days",
        "setup_minutes",
        "cleanup_minutes",
        "grace_minutes",
    ):
        if value := getattr(terms, name):
            found.append(_number_said(name, value))
    return found


SWITCHES = {
    "is_allowed": (gettext_lazy("may be booked"), gettext_lazy("is not booked")),
    "needs_approval": (gettext_lazy("needs approval"), gettext_lazy("needs no approval")),
    "within_hours": (gettext_lazy("within opening hours only"), gettext_lazy("at any hour")),
}
LENGTHS = {
    "step_minutes": gettext_lazy("in steps of %(length)s"),
    "shortest_minutes": gettext_lazy("for %(length)s at least"),
    "longest_minutes": gettext_lazy("for %(length)s at most"),
    "notice_minutes": gettext_lazy("%(length)s ahead at least"),
    "setup_minutes": gettext_lazy("%(length)s to set up"),
    "cleanup_minutes": gettext_lazy("%(length)s to clean up"),
    "grace_minutes": gettext_lazy("released when nobody came within %(length)s"),
    "cancel_minutes": gettext_lazy("cancelled for nothing until %(length)s before"),
}
PERCENTS = {
    "cancel_percent": gettext_lazy("%(share)s due when cancelled later"),
    "missed_percent": gettext_lazy("%(share)s due when nobody comes"),
}
DAYS = ngettext_lazy("%(count)d day ahead at most", "%(count)d days ahead at most", "count")


def _number_said(name: str, value: int) -> str:
    if name in LENGTHS:
        return str(LENGTHS[name] % {"length": length(value)})
    if name in PERCENTS:
        return str(PERCENTS[name] % {"share": share(value)})
    return str(DAYS % {"count": value})


def share(percent: int | Decimal) -> str:
    """Of a hundred, as the reader writes it."""
    whole = percent == int(percent)
    return format_percent(percent / Decimal(100), (get_language() or "fr")[:2], 0 if whole else 2)


def line_said(line: PriceLine) -> str:
    """How a line of a price came about: "2 h × 100,00 DH", "half of the space's own rate"."""
    language = (get_language() or "fr")[:2]
    amount = money_cents(line.amount, language)
    how = {
        PriceUnit.HOUR: gettext("%(length)s at %(amount)s an hour")
        % {"length": length(line.minutes), "amount": amount},
        PriceUnit.DAY: gettext("%(amount)s a day") % {"amount": amount},
        PriceUnit.ONCE: gettext("%(amount)s each time") % {"amount": amount},
        PriceUnit.SHARE: gettext("%(share)s of the space's own rate, %(length)s")
        % {"share": share(line.amount), "length": length(line.minutes)},
    }[PriceUnit(line.unit)]
    if line.cap is not None:
        how = gettext("%(how)s, a day at most %(cap)s") % {"how": how, "cap": money_cents(line.cap, language)}
    return how


def policy_said(price: Price) -> list[str]:
    """What stays due when it is cancelled late, or when nobody comes."""
    found = []
    if price.cancel_percent and price.amount:
        found.append(
            gettext("Cancelled within %(length)s before it begins, %(share)s stays due.")
            % {"length": length(price.cancel_minutes), "share": share(price.cancel_percent)}
            if price.cancel_minutes
            else gettext("Cancelled once it has begun, %(share)s stays due.")
            % {"share": share(price.cancel_percent)}
        )
    return found


def price_rule_said(rule: PriceRule) -> list[str]:
    """What a price rule says, in words: the amount, and when it holds."""
    language = (get_language() or "fr")[:2]
    amount = money_cents(rule.amount, language)
    found = [
        {
            PriceUnit.HOUR: gettext("%(amount)s an hour") % {"amount": amount},
            PriceUnit.DAY: gettext("%(amount)s a day") % {"amount": amount},
            PriceUnit.ONCE: gettext("%(amount)s each time") % {"amount": amount},
            PriceUnit.SHARE: gettext("%(share)s of the space's own rate") % {"share": share(rule.amount)},
        }[PriceUnit(rule.unit)]
    ]
    if rule.cap is not None:
        found.append(gettext("a day at most %(cap)s") % {"cap": money_cents(rule.cap, language)})
    if rule.weekdays != EVERY_DAY:
        found.append(listed(Weekday(day).label for day in rule.days))
    if not rule.is_all_day:
        found.append(f"{clock(rule.from_time, language)} – {clock(rule.to_time, language)}")
    if rule.at_least_minutes:
        found.append(gettext("from %(length)s on") % {"length": length(rule.at_least_minutes)})
    return found


def quota_said(rule: QuotaRule) -> str:
    return quota(rule).rstrip(".")
