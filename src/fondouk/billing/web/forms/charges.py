"""Forms of charges and credit notes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.actions import Wanted
from fondouk.billing.enums import Language, Nature, Unit
from fondouk.billing.models import InvoiceLine, VatCode
from fondouk.companies.models import Company
from fondouk.lib.fields import TypedAmountField, TypedDateField
from fondouk.sites.models import Site

BY_HAND = [(one.value, one.label) for one in Nature if one != Nature.RENT]


class ChargeForm(forms.Form):
    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("Company"), widget=forms.Select(attrs={"data-choose": "yes"})
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=None)
    nature = forms.ChoiceField(label=_("Nature"), choices=BY_HAND, initial=Nature.SERVICE)
    label = forms.CharField(label=_("What is charged"), max_length=200)
    label_ar = forms.CharField(
        label=_("In Arabic"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
        help_text=_("For invoices in Arabic. Empty: as above."),
    )
    quantity = TypedAmountField(label=_("Quantity"), is_positive=True, initial=Decimal(1))
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices, initial=Unit.ONE)
    unit_price = TypedAmountField(label=_("Unit price before tax"), places=4)
    discount = TypedAmountField(label=_("Discount"), required=False)
    vat_code = forms.ModelChoiceField(
        VatCode.objects.all(), label=_("VAT"), required=False, empty_label=_("As usual for its nature")
    )
    bill_on = TypedDateField(label=_("To be billed from"))

    def __init__(self, *args: Any, sites: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]
        self.initial.setdefault("bill_on", timezone.localdate())

    def wanted(self, *, operator: int, customer: int, usual: dict[str, int]) -> Wanted:
        said = self.cleaned_data
        text = said["label"].strip()
        return Wanted(
            operator=operator,
            site=said["site"].pk,
            customer=customer,
            nature=Nature(said["nature"]),
            labels={
                Language.FRENCH: text,
                Language.ENGLISH: text,
                Language.ARABIC: said["label_ar"].strip() or text,
            },
            quantity=said["quantity"],
            unit=Unit(said["unit"]),
            unit_price=said["unit_price"],
            discount=said["discount"] or Decimal(0),
            vat_code=said["vat_code"].pk if said["vat_code"] else usual[said["nature"]],
            bill_on=said["bill_on"],
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CreditForm(forms.Form):
    """An amount for each line of which something is left; `kept` is the field of each line."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("It is printed on the credit note.")
    )
    bills_again = forms.BooleanField(
        label=_("Bill it anew"),
        required=False,
        help_text=_(
            "What is taken back as a whole was due, but otherwise: the next billing charges it anew."
        ),
    )

    def __init__(self, *args: Any, lines: list[InvoiceLine], left: dict[int, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines if left[line.pk]]
        self.left = left
        for line in self.lines:
            self.fields[f"line-{line.pk}"] = TypedAmountField(
                label=line.label, required=False, maximum=abs(left[line.pk]), initial=abs(left[line.pk])
            )

    def rows(self) -> list[tuple[InvoiceLine, Decimal, forms.BoundField]]:
        return [(line, self.left[line.pk], self[f"line-{line.pk}"]) for line in self.lines]

    def amounts(self) -> dict[int, Decimal]:
        said = {line: self.cleaned_data.get(f"line-{line.pk}") for line in self.lines}
        return {line.pk: amount if line.net >= 0 else -amount for line, amount in said.items() if amount}
