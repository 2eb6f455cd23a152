"""What somebody types to come in for the first time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import EmailAddressField
from fondouk.people.enums import Language
from fondouk.people.models import Account

HINT = _("At least ten characters. Three or four words that do not belong together are easy to keep.")


def password_field(label: Any, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"})
    return forms.CharField(label=label, strip=False, widget=widget, **options)


class PasswordsForm(forms.Form):
    """A password typed twice, checked against the rules and against who it is for."""

    password1 = password_field(_("Password"), help_text=HINT)
    password2 = password_field(_("Password, once more"))

    def likely_account(self) -> Account:
        """For the rule that a password must not resemble its owner."""
        return Account()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        if first:
            try:
                validate_password(first, self.likely_account())
            except ValidationError as error:
                self.add_error("password1", error)
        return data


class SetupForm(PasswordsForm):
    network = forms.CharField(
        label=_("Name of the network"), max_length=120, help_text=_("As people say it. It can be changed.")
    )
    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = EmailAddressField(label=_("Your e-mail address"))
    language = forms.ChoiceField(label=_("Your language"), choices=Language.choices)

    field_order = ("network", "name", "email", "language", "password1", "password2")

    def likely_account(self) -> Account:
        return Account(email=self.cleaned_data.get("email", ""))


class AcceptanceForm(PasswordsForm):
    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ("name", "password1", "password2")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def likely_account(self) -> Account:
        return Account(email=self.email)
