"""Publishing a year: which one, then what goes with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class YearForm(forms.Form):
    """In the address: what becomes public can be looked at by whoever may publish it, and looked at again."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, years: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class EditionForm(forms.Form):
    """`seen` names what was looked at; without it nothing is published."""

    note = forms.CharField(
        label=_("A word to the reader"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown above the figures, as you write it."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
