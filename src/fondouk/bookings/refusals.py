"""Sentences about a wish that is refused, with the number that they speak of."""

from __future__ import annotations

from django.utils.translation import ngettext


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
