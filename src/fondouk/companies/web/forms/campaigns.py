"""Opening a campaign."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import FigureCampaign
from fondouk.lib.fields import TypedDateField

YEARS = 6
LONGEST = timedelta(days=366)
"""Nobody waits longer than that for an answer: a later day is one mistyped."""


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    due_on = TypedDateField(label=_("To be answered by"))

    class Meta:
        model = FigureCampaign
        fields = ("year", "due_on", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": _("Stands in the letter, as you write it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"due_on": today + timedelta(days=30)})
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [
            (year, str(year)) for year in range(today.year - 1, today.year - 1 - YEARS, -1)
        ]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if day is not None and day < today:
            raise forms.ValidationError(_("This day is over already."))
        if day is not None and day > today + LONGEST:
            raise forms.ValidationError(_("This day is more than a year away: is the year right?"))
        return day

    def _post_clean(self) -> None:
        """The action saves, and says beside its field what the database refuses."""
