"""Forms of customers, of how operators bill, and of taxes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.billing.models import Account, Customer, NatureTax, Profile, VatCode
from fondouk.lib.fields import EmailAddressField, PhoneField, TypedAmountField, TypedDateField
from fondouk.lib.identifiers import BrokenIdentifier, parse_rib


class RibField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
            **options,
        )

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        try:
            return parse_rib(value)
        except BrokenIdentifier as broken:
            sentence = (
                _("The key of this RIB is wrong. Copy it again.")
                if broken.reason == "check"
                else _("A RIB has 24 digits.")
            )
            raise ValidationError(sentence, code="rib") from None


class ProfileForm(forms.ModelForm):
    begins_on = TypedDateField(
        label=_("Bills from"), help_text=_("The first day charged here. Earlier days were billed elsewhere.")
    )
    capital = TypedAmountField(label=_("Share capital"), required=False)
    email = EmailAddressField(label=_("E-mail address for invoices"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    rib = RibField(label=_("RIB"), required=False)

    class Meta:
        model = Profile
        fields = (
            "begins_on",
            "terms_days",
            "capital",
            "city",
            "postal_code",
            "phone",
            "email",
            "bank",
            "rib",
        )
        help_texts = {"terms_days": _("Law 69-21: 60 days unless something else is agreed, 120 at most.")}


class CustomerForm(forms.ModelForm):
    email = EmailAddressField(
        label=_("E-mail address for invoices"),
        required=False,
        help_text=_("Empty: the address of the company."),
    )

    class Meta:
        model = Customer
        fields = (
            "language", "email", "address", "postal_code", "city", "purchase_reference", "terms_days", "withholds_rent",
        )  # fmt: skip
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"address": _("Empty: that of the site where it is hosted.")}


class RateForm(forms.Form):
    rate = TypedAmountField(label=_("Rate in per cent"))
    since = TypedDateField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", timezone.localdate())


class VatCodeForm(forms.ModelForm):
    class Meta:
        model = VatCode
        fields = ("code", "category", "name", "name_ar", "name_en", "reason", "reason_ar", "reason_en")
        widgets = {
            "code": forms.TextInput(attrs={"dir": "ltr"}),
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "reason_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
        }


class AccountsForm(forms.Form):
    """An account for each role."""

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in accounts:
            self.fields[one.role] = forms.CharField(
                label=one.get_role_display(),
                max_length=12,
                initial=one.code,
                widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
                help_text=one.name,
            )


class UsualForm(forms.Form):
    """A VAT code for each nature."""

    def __init__(self, *args: Any, usual: list[NatureTax], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = VatCode.objects.all()
        for one in usual:
            self.fields[one.nature] = forms.ModelChoiceField(
                codes, label=one.get_nature_display(), initial=one.code_id, empty_label=None
            )
