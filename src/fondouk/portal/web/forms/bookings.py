"""What a member says to book: when, for how long, with how many; then what for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.actions.booking import RULES
from fondouk.bookings.forms import SAY_HOW_OFTEN, Repeat, Skips, WordsForm, days_refused, rule_of
from fondouk.lib.fields import ClockField, TypedCountField, TypedDateField
from fondouk.lib.recurrence import BrokenRule, Rule
from fondouk.sites.queries.hours import Day
from fondouk.spaces.enums import Equipment

LENGTHS = [
    (15, _("15 min")),
    (30, _("30 min")),
    (60, _("1 h")),
    (90, _("1 h 30")),
    (120, _("2 h")),
    (180, _("3 h")),
    (240, _("4 h")),
]


MORNING = time(9)
"""Before which nobody is offered a room of another day unasked."""


class WhenForm(forms.Form):
    """All of it in the address, so that a room is three taps away."""

    day = TypedDateField(label=_("Day"))
    begins = ClockField(label=_("Begins at"))
    minutes = forms.TypedChoiceField(label=_("How long"), choices=LENGTHS, coerce=int)
    people = TypedCountField(label=_("People"), required=False)
    equipment = forms.ChoiceField(
        label=_("Equipment"), choices=[("", _("Any")), *Equipment.choices], required=False
    )

    def times(self) -> tuple[datetime, datetime]:
        starts = datetime.combine(self.cleaned_data["day"], self.cleaned_data["begins"])
        return starts, starts + timedelta(minutes=self.cleaned_data["minutes"])

    @staticmethod
    def begun(now: datetime, days: Sequence[Day]) -> dict[str, Any]:
        """As people would write it: from the next quarter of an hour on when the site is open for an hour; at nine of a day
        that has not begun there. `days` are those from today on.
        """
        first = now + timedelta(minutes=15 - now.minute % 15)
        for day in days:
            if day.opens is None or day.closes is None:
                continue
            has_begun = first >= datetime.combine(day.on, day.opens)
            begins = first if has_begun else datetime.combine(day.on, max(day.opens, MORNING))
            if begins + timedelta(hours=1) <= datetime.combine(day.on, day.closes):
                first = begins
                break
        return {"day": f"{first:%d/%m/%Y}", "begins": f"{first:%H:%M}", "minutes": 60}


class WhatForm(WordsForm, Skips):
    """What for, and perhaps again."""

    repeat = forms.ChoiceField(label=_("Repeats"), choices=Repeat.choices, required=False)
    until = TypedDateField(label=_("Repeats until"), required=False)

    field_order = ("title", "attendees", "repeat", "until", "is_private", "note", "skip")

    def rule(self, starts: datetime) -> Rule | None:
        """None for once; also where the form has an error beside its field then."""
        repeat, until = self.cleaned_data.get("repeat") or "", self.cleaned_data.get("until")
        if not repeat:
            if until:
                self.add_error("repeat", SAY_HOW_OFTEN)
            return None
        if refused := days_refused(repeat, starts.date()):
            self.add_error("repeat", refused)
            return None
        if not isinstance(until, date):
            self.add_error("until", _("Say until when it repeats."))
            return None
        try:
            rule = rule_of(repeat, starts, until)
            if rule is not None:
                rule.starts(starts)
            return rule
        except BrokenRule as broken:
            self.add_error("until", RULES[broken.reason])
            return None
