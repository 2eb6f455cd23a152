"""Settings of the whole network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import DigitsField, EmailAddressField, IceField, PhoneField, TypedDateField
from fondouk.people.models import Person
from fondouk.sites.enums import FeastState
from fondouk.sites.models import Network, Operator


class NetworkForm(forms.ModelForm):
    contact_email = EmailAddressField(label=_("Contact address"), required=False)
    contact_phone = PhoneField(label=_("Contact phone"), required=False)

    class Meta:
        model = Network
        fields = (
            "name",
            "name_ar",
            "tagline_fr",
            "tagline_ar",
            "tagline_en",
            "contact_email",
            "contact_phone",
        )
        widgets = {
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "tagline_fr": forms.TextInput(attrs={"lang": "fr"}),
            "tagline_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "tagline_en": forms.TextInput(attrs={"lang": "en", "dir": "ltr"}),
        }


class HolidayForm(forms.Form):
    on = TypedDateField(label=_("Date"))
    state = forms.ChoiceField(label=_("State"), choices=FeastState.choices)


class OperatorForm(forms.ModelForm):
    ice = IceField(
        label=_("ICE"), required=False, widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"})
    )
    if_number = DigitsField(kind="IF", label=_("IF"), required=False)
    rc = DigitsField(kind="RC", label=_("RC"), required=False)
    cnss = DigitsField(kind="CNSS", label=_("CNSS"), required=False)
    tp = DigitsField(kind="TP", label=_("TP"), required=False)

    class Meta:
        model = Operator
        fields = ("name", "invoice_prefix", "ice", "if_number", "rc", "cnss", "tp", "address")
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "invoice_prefix": forms.TextInput(attrs={"dir": "ltr"}),
        }
        help_texts = {
            "invoice_prefix": _("Its invoices are numbered in a series of their own: TP-2026-0001.")
        }


class AuditFilter(forms.Form):
    """What the address of the journal says. Anything else in it is left aside."""

    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Anybody"),
        widget=forms.Select(attrs={"data-choose": "yes"}),
    )
    verb = forms.ChoiceField(label=_("What"), required=False)
    first = TypedDateField(label=_("From"), required=False)
    last = TypedDateField(label=_("To"), required=False)

    def __init__(self, *args: Any, actors: Any, kinds: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = actors
        self.fields["verb"].choices = [("", _("Anything")), *kinds]
