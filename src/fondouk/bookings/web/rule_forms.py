"""The form of a booking rule: for whom and what, since when, and what it says. An empty field says nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import Audience
from fondouk.bookings.models import BookingRule
from fondouk.bookings.models.rule import LONGEST
from fondouk.bookings.terms import LET
from fondouk.lib.fields import TypedCountField, TypedDateField
from fondouk.sites.models import Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource

YES_NO = [("", _("Says nothing")), ("yes", _("Yes")), ("no", _("No"))]
SWITCHES = ("is_allowed", "needs_approval", "within_hours")
NUMBERS = {
    "step_minutes": 1440,
    "shortest_minutes": LONGEST,
    "longest_minutes": LONGEST,
    "notice_minutes": LONGEST,
    "horizon_days": 1830,
    "setup_minutes": 1440,
    "cleanup_minutes": 1440,
    "grace_minutes": 1440,
    "cancel_minutes": 90 * 1440,
    "cancel_percent": 100,
    "missed_percent": 100,
}
"""Each with the most that makes sense."""


class SwitchField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=YES_NO, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class RuleForm(forms.Form):
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of space"),
        required=False,
        choices=[("", _("All")), *((kind.value, kind.label) for kind in SpaceKind if kind not in LET)],
    )
    resource = forms.ModelChoiceField(
        Resource.objects.none(),
        label=_("Space"),
        required=False,
        help_text=_("For one space alone: then without site and kind."),
    )
    audience = forms.ChoiceField(
        label=_("Who"), required=False, choices=[("", _("Everybody")), *Audience.choices]
    )
    since = TypedDateField(
        label=_("From"), help_text=_("The rule before for the same ends on the day before.")
    )

    field_order = ("resource", "site", "kind", "audience", "since")

    def __init__(self, *args: Any, sites: Any, spaces: Any, is_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        space: Any = self.fields["resource"]
        site.queryset, space.queryset = sites, spaces
        site.empty_label = _("All sites")
        space.empty_label = _("All of that kind")
        self.is_network = is_network
        for name in SWITCHES:
            self.fields[name] = SwitchField(label=_label(name))
        for name in NUMBERS:
            self.fields[name] = TypedCountField(label=_label(name), required=False)
        self.order_fields(self.field_order)
        self.initial.setdefault("since", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_network and not cleaned.get("site") and not cleaned.get("resource"):
            self.add_error(
                "site", _("Choose a site: rules for all of them are for the whole network's direction.")
            )
        if cleaned.get("resource") and (cleaned.get("site") or cleaned.get("kind")):
            self.add_error("resource", _("A rule is for one space, or for a kind and a site."))
        for name, most in NUMBERS.items():
            value = cleaned.get(name)
            if value is not None and value > most:
                self.add_error(name, _("This is too large to be true."))
        if not self.errors and all(cleaned.get(name) is None for name in (*SWITCHES, *NUMBERS)):
            raise ValidationError(_("A rule says something at least."))
        return cleaned

    def rule(self) -> BookingRule:
        said = self.cleaned_data
        values = {name: int(said[name]) if said[name] is not None else None for name in NUMBERS}
        return BookingRule(
            site=said["site"],
            kind=said["kind"],
            resource=said["resource"],
            audience=said["audience"],
            **{name: said[name] for name in SWITCHES},
            **values,
        )

    @staticmethod
    def begun(rule: BookingRule) -> dict[str, Any]:
        """The form filled with a rule that another is to follow."""
        names = ("kind", "audience", *SWITCHES, *NUMBERS)
        return {
            **{name: getattr(rule, name) for name in names},
            "site": rule.site_id,
            "resource": rule.resource_id,
        }


def _label(name: str) -> Any:
    label = BookingRule._meta.get_field(name).verbose_name
    return str(label)[:1].upper() + str(label)[1:]
