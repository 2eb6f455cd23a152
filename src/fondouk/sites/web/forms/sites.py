"""A site, its phases, its operator and its hours."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import ClockField, TypedAmountField, TypedDateField
from fondouk.lib.formats import format_date
from fondouk.sites.closing import objections
from fondouk.sites.enums import Phase, Weekday
from fondouk.sites.models import HoursOverride, Operator, Site

ARABIC = {"dir": "rtl", "lang": "ar"}


class SiteForm(forms.ModelForm):
    area = TypedAmountField(label=_("Area"), required=False)

    class Meta:
        model = Site
        fields = (
            "name",
            "name_ar",
            "city",
            "city_ar",
            "address",
            "commune",
            "area",
            "description_fr",
            "description_ar",
            "description_en",
        )
        widgets = {
            "name_ar": forms.TextInput(attrs=ARABIC),
            "city_ar": forms.TextInput(attrs=ARABIC),
            "address": forms.Textarea(attrs={"rows": 2}),
            "description_fr": forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
            "description_ar": forms.Textarea(attrs={"rows": 3, **ARABIC}),
            "description_en": forms.Textarea(attrs={"rows": 3, "lang": "en", "dir": "ltr"}),
        }
        help_texts = {
            "name": _("In full: Technopark Casablanca."),
            "city": _("How people name the site."),
            "commune": _("Of the High Commission for Planning, where known."),
            "area": "",
        }

    def clean_area(self) -> Any:
        area = self.cleaned_data["area"]
        if area is not None and area <= 0:
            raise ValidationError(_("An area is greater than zero."))
        return area


class NewSiteForm(SiteForm):
    phase = forms.ChoiceField(label=_("Where it stands"), choices=Phase.choices, initial=Phase.PLANNED)
    starts_on = TypedDateField(
        label=_("Since"), required=False, help_text=_("Empty: for as long as anybody knows.")
    )


class PhaseForm(forms.Form):
    """`site` is closed although something is left in it only once a person has read what."""

    phase = forms.ChoiceField(label=_("Phase"), choices=[("", _("Choose…")), *Phase.choices])
    starts_on = TypedDateField(label=_("From"))
    anyway = forms.BooleanField(label=_("Close the site all the same"), required=False)

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        self.objections: list[str] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day = data.get("starts_on")
        if self.site and data.get("phase") == Phase.CLOSED and isinstance(day, date):
            self.objections = objections(self.site, day)
            if self.objections and not data.get("anyway"):
                self.add_error(
                    None,
                    [*self.objections, _("Note their departures first, or close the site all the same.")],
                )
        return data


class OperatorshipForm(forms.Form):
    operator = forms.ModelChoiceField(
        label=_("Operator"), queryset=Operator.objects.all(), empty_label=_("Choose…")
    )
    since = TypedDateField(label=_("Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": timezone.localdate()})
        super().__init__(*args, **kwargs)


class WeekForm(forms.Form):
    """Opening hours of the seven days. A day with neither time is closed."""

    def __init__(self, *args: Any, hours: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.weekday: row for row in hours}
        for day in Weekday:
            row = known.get(day.value)
            for edge, label in (("opens", _("%(day)s, opens at")), ("closes", _("%(day)s, closes at"))):
                self.fields[f"{edge}_{day.value}"] = ClockField(
                    label=label % {"day": day.label},
                    required=False,
                    initial=getattr(row, edge, None),
                )
                if edge == "closes":
                    self.fields[f"closes_{day.value}"].widget.attrs["placeholder"] = "18:00"

    @property
    def days(self) -> list[dict[str, Any]]:
        return [
            {"label": day.label, "opens": self[f"opens_{day.value}"], "closes": self[f"closes_{day.value}"]}
            for day in Weekday
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in Weekday:
            opens, closes = data.get(f"opens_{day.value}"), data.get(f"closes_{day.value}")
            if f"opens_{day.value}" in self.errors or f"closes_{day.value}" in self.errors:
                continue
            if opens and not closes:
                self.add_error(f"closes_{day.value}", _("When does it close?"))
            elif closes and not opens:
                self.add_error(f"opens_{day.value}", _("When does it open?"))
            elif opens and closes and closes <= opens:
                self.add_error(f"closes_{day.value}", _("The site closes after it opens."))
        return data

    @property
    def week(self) -> dict[int, tuple[time, time]]:
        data = self.cleaned_data
        return {
            day.value: (data[f"opens_{day.value}"], data[f"closes_{day.value}"])
            for day in Weekday
            if data[f"opens_{day.value}"]
        }


class OverrideForm(WeekForm):
    """Other hours for some days."""

    label = forms.CharField(label=_("Reason"), max_length=80, help_text=_("Ramadan, August, works."))
    first = TypedDateField(label=_("First day"))
    last = TypedDateField(label=_("Last day"))
    closed = forms.BooleanField(
        label=_("The site is closed on these days"),
        required=False,
        help_text=_("The hours below are then neither looked at nor kept."),
    )

    def __init__(self, site: Site, *args: Any, override: HoursOverride | None = None, **kwargs: Any) -> None:
        """`override` is the one to be corrected."""
        hours: Any = (override or site).hours.all()
        if override:
            first, last = override.period.lower, override.period.upper - timedelta(days=1)
            kwargs["initial"] = {"label": override.label, "first": first, "last": last, "closed": not hours}
        super().__init__(*args, hours=hours, **kwargs)
        self.site, self.override = site, override

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("The last day comes before the first."))
            elif last < timezone.localdate():
                self.add_error("last", _("These days are over: other hours are noted for days to come."))
            else:
                others = HoursOverride.objects.filter(
                    site=self.site,
                    period__overlap=(first, last),
                )
                others |= HoursOverride.objects.filter(site=self.site, period__contains=last)
                if self.override:
                    others = others.exclude(pk=self.override.pk)
                clash = others.first()
                if clash:
                    language = (get_language() or "fr")[:2]
                    self.add_error(
                        "last" if clash.period.lower > first else "first",
                        _("Other hours already apply from %(first)s to %(last)s: %(label)s.")
                        % {
                            "label": clash.label,
                            "first": format_date(clash.period.lower, language),
                            "last": format_date(clash.period.upper - timedelta(days=1), language),
                        },
                    )
        if not self.errors and not data.get("closed") and not self.week:
            self.add_error("closed", _("Write the hours of a day at least, or close the site."))
        return data

    @property
    def week(self) -> dict[int, tuple[time, time]]:
        return {} if self.cleaned_data["closed"] else super().week
