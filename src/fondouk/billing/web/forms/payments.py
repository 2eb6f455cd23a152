"""Forms of payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.enums import Means
from fondouk.billing.models import Balance
from fondouk.lib.fields import TypedAmountField, TypedDateField


class PaymentForm(forms.Form):
    """What came of a customer, and how much of it pays which invoice; nothing said: the oldest first."""

    means = forms.ChoiceField(label=_("Means"), choices=Means.choices)
    received_on = TypedDateField(label=_("Received on"))
    amount = TypedAmountField(
        label=_("Amount"), is_positive=True, help_text=_("In cash: without the stamp duty, which is added.")
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=140,
        required=False,
        help_text=_("Of the transfer, the cheque, the certificate."),
    )

    def __init__(self, *args: Any, balances: list[Balance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.balances = balances
        self.initial.setdefault("received_on", timezone.localdate())
        for one in balances:
            self.fields[f"part-{one.pk}"] = TypedAmountField(
                label=str(one.invoice), required=False, maximum=Decimal(10) ** 12
            )

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def rows(self) -> list[tuple[Balance, forms.BoundField]]:
        return [(one, self[f"part-{one.pk}"]) for one in self.balances]

    def parts(self) -> dict[int, Decimal]:
        said = {one.pk: self.cleaned_data.get(f"part-{one.pk}") for one in self.balances}
        return {key: amount for key, amount in said.items() if amount}


class ReversalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
    on = TypedDateField(label=_("On"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
