"""The forms of prices and quotas: for whom and what, since when, how much."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Audience, PriceUnit, QuotaPer, QuotaSpan, Segment
from fondouk.bookings.models import PriceRule, QuotaRule
from fondouk.bookings.pricing import MINUTES
from fondouk.bookings.terms import LET
from fondouk.lib.fields import ClockField, TypedAmountField, TypedDateField
from fondouk.sites.enums import Weekday
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

KINDS = [("", _("All")), *((kind.value, kind.label) for kind in SpaceKind if kind not in LET)]
LAST_MINUTE = time(23, 59)
MOST_HOURS = Decimal(24 * 31)


class ScopeForm(forms.Form):
    """For a kind of spaces and a site, from a day on."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False)
    kind = forms.ChoiceField(label=_("Kind of space"), required=False, choices=KINDS)
    since = TypedDateField(
        label=_("From"), help_text=_("The one before for the same ends on the day before.")
    )

    def __init__(self, *args: Any, sites: Any, is_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset, site.empty_label = sites, _("All sites")
        self.is_network = is_network
        self.initial.setdefault("since", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_network and not cleaned.get("site") and not cleaned.get("resource"):
            self.add_error(
                "site", _("Choose a site: what holds for all of them is for the whole network's direction.")
            )
        return cleaned


class PriceForm(ScopeForm):
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False, help_text=_("As the explanation of a price shows it.")
    )
    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label=_("Space"),
        required=False,
        help_text=_("For one space alone: then without site and kind."),
    )
    segment = forms.ChoiceField(
        label=_("For whom"), required=False, choices=[("", _("Everybody")), *Segment.choices]
    )
    unit = forms.ChoiceField(label=_("Price for"), choices=PriceUnit.choices)
    amount = TypedAmountField(
        label=_("Amount"),
        maximum=Decimal(1_000_000),
        help_text=_("Dirhams before tax; or percent. 0: for nothing."),
    )
    cap = TypedAmountField(label=_("A day at most"), required=False, maximum=Decimal(1_000_000))
    at_least = TypedAmountField(
        label=_("For at least (hours)"),
        required=False,
        maximum=MOST_HOURS,
        help_text=_("Holds only for times as long as that: half a day, a day."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days"),
        choices=Weekday.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every day."),
    )
    begins = ClockField(label=_("From what time"), required=False)
    ends = ClockField(label=_("Until what time"), required=False, help_text=_("Empty: all day."))

    field_order = (
        "name", "resource", "site", "kind", "segment", "unit", "amount", "cap", "at_least", "begins", "ends", "since",
        "weekdays",
    )  # fmt: skip

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        space: Any = self.fields["resource"]
        space.queryset, space.empty_label = spaces, _("All of that kind")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("resource") and (cleaned.get("site") or cleaned.get("kind")):
            self.add_error("resource", _("A price is for one space, or for a kind and a site."))
        begins, ends = cleaned.get("begins") or time(0), cleaned.get("ends") or time(0)
        if ends not in (time(0), LAST_MINUTE) and ends <= begins:
            self.add_error("ends", _("Its hours end before they begin."))
        amount = cleaned.get("amount")
        if cleaned.get("unit") == PriceUnit.SHARE and amount is not None and amount > 1000:
            self.add_error("amount", _("A share is 1000 % at most."))
        return cleaned

    def rule(self) -> PriceRule:
        said = self.cleaned_data
        begins, ends = said["begins"] or time(0), said["ends"] or time(0)
        ticked = [int(day) for day in said["weekdays"]] or [int(day) for day in Weekday]
        return PriceRule(
            name=said["name"].strip(),
            site=said["site"],
            kind=said["kind"],
            resource=said["resource"],
            segment=said["segment"],
            unit=said["unit"],
            amount=said["amount"],
            cap=said["cap"],
            at_least_minutes=int((said["at_least"] or 0) * 60),
            weekdays=sum(1 << (day - 1) for day in ticked),
            from_minute=begins.hour * 60 + begins.minute,
            to_minute=MINUTES if ends in (time(0), LAST_MINUTE) else ends.hour * 60 + ends.minute,
        )

    @staticmethod
    def begun(rule: PriceRule) -> dict[str, Any]:
        """The form filled with a price that another is to follow."""
        names = ("name", "kind", "segment", "unit", "amount", "cap")
        is_whole_week = len(rule.days) == len(Weekday)
        return {
            **{name: getattr(rule, name) for name in names},
            "site": rule.site_id,
            "resource": rule.resource_id,
            "at_least": Decimal(rule.at_least_minutes) / 60 if rule.at_least_minutes else None,
            "weekdays": [] if is_whole_week else rule.days,
            "begins": None if rule.is_all_day else rule.from_time,
            "ends": None if rule.is_all_day else rule.to_time,
        }


class QuotaForm(ScopeForm):
    audience = forms.ChoiceField(
        label=_("Who"), required=False, choices=[("", _("Everybody but the staff")), *Audience.choices]
    )
    per = forms.ChoiceField(label=_("For each"), choices=QuotaPer.choices)
    span = forms.ChoiceField(label=_("In a"), choices=QuotaSpan.choices, initial=QuotaSpan.MONTH)
    hours = TypedAmountField(label=_("Hours at most"), maximum=MOST_HOURS)

    field_order = ("site", "kind", "audience", "per", "hours", "span", "since")

    def rule(self) -> QuotaRule:
        said = self.cleaned_data
        return QuotaRule(
            site=said["site"],
            kind=said["kind"],
            audience=said["audience"],
            per=said["per"],
            span=said["span"],
            most_minutes=int(said["hours"] * 60),
        )

    @staticmethod
    def begun(rule: QuotaRule) -> dict[str, Any]:
        """The form filled with a quota that another is to follow."""
        return {
            **{name: getattr(rule, name) for name in ("kind", "audience", "per", "span")},
            "site": rule.site_id,
            "hours": Decimal(rule.most_minutes) / 60,
        }
