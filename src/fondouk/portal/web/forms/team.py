"""Forms of the team."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MemberRole
from fondouk.lib.fields import EmailAddressField

ROLE = {
    "label": _("Role"),
    "choices": MemberRole.choices,
    "widget": forms.RadioSelect,
    "help_text": _("An owner keeps the team, declares the figures and adds documents. A member reads."),
}


class MembershipForm(forms.Form):
    title = forms.CharField(label=_("Function"), max_length=120, required=False)
    role = forms.ChoiceField(**ROLE)  # type: ignore[arg-type]


class JoiningForm(MembershipForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = EmailAddressField(
        label=_("E-mail address"), help_text=_("The invitation to make an account goes there.")
    )

    field_order = ["name", "email", "title", "role"]
