"""Forms of bank files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.billing import bank
from fondouk.billing.models import Customer
from fondouk.sites.models import Operator

LABELS = {
    bank.DATE: _("Date"),
    bank.LABEL: _("Label"),
    bank.CREDIT: _("Credit"),
    bank.AMOUNT: _("Amount, below zero for what left"),
    bank.REFERENCE: _("Reference"),
}


class FileForm(forms.Form):
    operator = forms.ModelChoiceField(Operator.objects.none(), label=_("Operator"), empty_label=None)
    upload = forms.FileField(label=_("File"), help_text=_("CSV or a spreadsheet, as the bank gives it."))

    def __init__(self, *args: Any, operators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset = operators  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which header is which. One of the two that say how much is needed."""

    def __init__(self, *args: Any, headers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("none")),
            *((header, header) for header in dict.fromkeys(headers) if header.strip()),
        ]
        for meaning, label in LABELS.items():
            self.fields[meaning] = forms.ChoiceField(
                label=label, choices=choices, required=meaning in bank.NEEDED
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get(bank.CREDIT) and not cleaned.get(bank.AMOUNT):
            self.add_error(bank.CREDIT, _("Say which column tells how much came."))
        return cleaned

    def columns(self) -> dict[str, str]:
        return {meaning: self.cleaned_data[meaning] for meaning in LABELS if self.cleaned_data.get(meaning)}


class WhoseForm(forms.Form):
    customer = forms.ModelChoiceField(
        Customer.objects.none(), label=_("Customer"), widget=forms.Select(attrs={"data-choose": "yes"})
    )

    def __init__(self, *args: Any, customers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = customers  # type: ignore[attr-defined]
