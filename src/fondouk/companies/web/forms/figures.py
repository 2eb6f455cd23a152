"""The form of a year's figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MONEY_INDICATORS, PARTS_OF, Indicator
from fondouk.lib.fields import TypedAmountField, TypedCountField

TOO_MANY = {
    Indicator.WOMEN: _("There cannot be more women than people."),
    Indicator.UNDER_35: _("There cannot be more people under 35 than people."),
    Indicator.EXPORTS: _("Exports cannot exceed the turnover."),
}


class FiguresForm(forms.Form):
    """Amounts in dirhams. An empty field says nothing: it does not take a figure back."""

    def __init__(self, *args: Any, known: dict[str, Decimal] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for indicator in Indicator:
            field = TypedAmountField if indicator in MONEY_INDICATORS else TypedCountField
            self.fields[indicator.value] = field(label=indicator.label, required=False)
            self.initial.setdefault(indicator.value, (known or {}).get(indicator.value))
        self.known = known or {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        together = {**self.known, **{name: value for name, value in cleaned.items() if value is not None}}
        for part, whole in PARTS_OF.items():
            if part in together and whole in together and together[part] > together[whole]:
                self.add_error(part.value, TOO_MANY[part])
        return cleaned

    @property
    def values(self) -> dict[str, Decimal]:
        return {name: value for name, value in self.cleaned_data.items() if value is not None}
