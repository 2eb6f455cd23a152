"""Forms of the billing of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.formats import format_date
from fondouk.lib.periods import add_months
from fondouk.sites.models import Site


class RunForm(forms.Form):
    month = forms.ChoiceField(label=_("Month"))
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=_("Sites"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sites: list[Site], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().replace(day=1)
        months = [add_months(this, number) for number in range(1, -6, -1)]
        self.fields["month"].choices = [
            (one.isoformat(), format_date(one, language, "month_year")) for one in months
        ]  # type: ignore[attr-defined]
        self.fields["sites"].queryset = Site.objects.filter(pk__in=[site.pk for site in sites])  # type: ignore[attr-defined]
        self.initial.setdefault("month", this.isoformat())
        self.initial.setdefault("sites", [site.pk for site in sites])

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])
