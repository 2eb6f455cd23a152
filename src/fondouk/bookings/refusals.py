"""Sentences about a wish that is refused, with the number that they speak of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from fondouk.bookings.enums import QuotaPer, QuotaSpan
from fondouk.lib.formats import format_date, format_money
from fondouk.lib.money import Money

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from fondouk.bookings.models import QuotaRule

HOUR, DAY = 60, 24 * 60


def length(minutes: int) -> str:
    """As short as it can be read: "45 min", "1 h 30", "36 h", "2 d 4 h"."""
    days, rest = divmod(minutes, DAY) if minutes >= 2 * DAY else (0, minutes)
    hours, left = divmod(rest, HOUR)
    said = {"days": days, "hours": hours, "minutes": left}
    if days:
        return (_("%(days)d d %(hours)d h") if hours else _("%(days)d d")) % said
    if not hours:
        return _("%(minutes)d min") % said
    return (_("%(hours)d h %(minutes)02d") if left else _("%(hours)d h")) % said


def at_least(minutes: int) -> str:
    return _("%(length)s at least.") % {"length": length(minutes)}


def at_most(minutes: int) -> str:
    return _("%(length)s at most.") % {"length": length(minutes)}


def in_steps(minutes: int) -> str:
    return _("It begins every %(length)s.") % {"length": length(minutes)}


def ends_in_steps(minutes: int) -> str:
    return _("It ends every %(length)s.") % {"length": length(minutes)}


def notice(minutes: int) -> str:
    return _("It is booked %(length)s ahead at least.") % {"length": length(minutes)}


def horizon(days: int) -> str:
    return ngettext(
        "It is booked %(count)d day ahead at most.", "It is booked %(count)d days ahead at most.", days
    ) % {"count": days}


def title(signs: int) -> str:
    return ngettext(
        "Say what it is for, in %(count)d sign at most.",
        "Say what it is for, in %(count)d signs at most.",
        signs,
    ) % {"count": signs}


def capacity(people: int, *, is_pool: bool = False) -> str:
    """`is_pool`: each booking has one place of several."""
    if is_pool:
        return ngettext(
            "A booking is one place here, for %(count)d person: book once for each.",
            "A booking is one place here, for %(count)d people: book once for each.",
            people,
        ) % {"count": people}
    return ngettext("It holds %(count)d person at most.", "It holds %(count)d people at most.", people) % {
        "count": people
    }


def not_yet(day: date) -> str:
    return _("This space is there from %(day)s on.") % {"day": format_date(day, get_language() or "fr")}


def no_more(day: date) -> str:
    return _("This space is there until %(day)s only.") % {
        "day": format_date(day - timedelta(days=1), get_language() or "fr")
    }


def written_until(day: date) -> str:
    """Of a series: its times from that day on are no rows yet."""
    said = _("Its times are written up to %(day)s: choose an earlier day, or all that follow.")
    return said % {"day": format_date(day - timedelta(days=1), get_language() or "fr")}


def too_late_to_move(due: Decimal) -> str:
    """Of what would stay due if it were cancelled now, before tax."""
    said = _(
        "It is too late to move it: if it were cancelled now, %(due)s would stay due. Cancel it, or ask the park."
    )
    return said % {"due": format_money(Money(due, "MAD"), get_language() or "fr")}


def quota(rule: QuotaRule) -> str:
    """That a time goes beyond it."""
    company, person = QuotaPer.COMPANY, QuotaPer.PERSON
    sentences = {
        (company, QuotaSpan.DAY): _("A company books %(length)s a day of these spaces at most."),
        (company, QuotaSpan.WEEK): _("A company books %(length)s a week of these spaces at most."),
        (company, QuotaSpan.MONTH): _("A company books %(length)s a month of these spaces at most."),
        (person, QuotaSpan.DAY): _("A person books %(length)s a day of these spaces at most."),
        (person, QuotaSpan.WEEK): _("A person books %(length)s a week of these spaces at most."),
        (person, QuotaSpan.MONTH): _("A person books %(length)s a month of these spaces at most."),
    }
    return sentences[QuotaPer(rule.per), QuotaSpan(rule.span)] % {"length": length(rule.most_minutes)}
