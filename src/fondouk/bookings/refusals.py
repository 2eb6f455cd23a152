"""Sentences about a wish that is refused, with the number that they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fondouk.bookings.enums import QuotaPer, QuotaSpan

if TYPE_CHECKING:
    from fondouk.bookings.models import QuotaRule


def at_least(minutes: int) -> str:
    return ngettext("%(count)d minute at least.", "%(count)d minutes at least.", minutes) % {"count": minutes}


def at_most(minutes: int) -> str:
    return ngettext("%(count)d minute at most.", "%(count)d minutes at most.", minutes) % {"count": minutes}


def in_steps(minutes: int) -> str:
    return ngettext("It begins every %(count)d minute.", "It begins every %(count)d minutes.", minutes) % {
        "count": minutes
    }


def ends_in_steps(minutes: int) -> str:
    return ngettext("It ends every %(count)d minute.", "It ends every %(count)d minutes.", minutes) % {
        "count": minutes
    }


def notice(minutes: int) -> str:
    return ngettext(
        "It is booked %(count)d minute ahead at least.",
        "It is booked %(count)d minutes ahead at least.",
        minutes,
    ) % {"count": minutes}


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


def capacity(people: int) -> str:
    return ngettext("It holds %(count)d person at most.", "It holds %(count)d people at most.", people) % {
        "count": people
    }


def quota(rule: QuotaRule) -> str:
    """That a time goes beyond it."""
    sentences = {
        (QuotaPer.COMPANY, QuotaSpan.DAY): _(
            "Your company may book %(length)s a day of these spaces: this is more."
        ),
        (QuotaPer.COMPANY, QuotaSpan.WEEK): _(
            "Your company may book %(length)s a week of these spaces: this is more."
        ),
        (QuotaPer.COMPANY, QuotaSpan.MONTH): _(
            "Your company may book %(length)s a month of these spaces: this is more."
        ),
        (QuotaPer.PERSON, QuotaSpan.DAY): _("You may book %(length)s a day of these spaces: this is more."),
        (QuotaPer.PERSON, QuotaSpan.WEEK): _("You may book %(length)s a week of these spaces: this is more."),
        (QuotaPer.PERSON, QuotaSpan.MONTH): _(
            "You may book %(length)s a month of these spaces: this is more."
        ),
    }
    return sentences[QuotaPer(rule.per), QuotaSpan(rule.span)] % {"length": length(rule.most_minutes)}


def length(minutes: int) -> str:
    """ "1 h 30", "45 min", "2 d 4 h": as short as it can be read."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if minutes >= 48 * 60:
        return (
            _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
            if hours
            else _("%(days)d d") % {"days": days}
        )
    hours += 24 * days
    if not hours:
        return _("%(minutes)d min") % {"minutes": left}
    return (
        _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": left}
        if left
        else _("%(hours)d h") % {"hours": hours}
    )
