"""django-allauth's forms in our words, and what somebody may change of themselves."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import PhoneField
from fondouk.people.enums import TokenScope
from fondouk.people.models import Person

PASSWORD_HINT = _(
    "At least ten characters. Three or four words that do not belong together are easy to keep."
)
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "remember": _("Stay signed in on this machine"),
    "code": _("Code"),
    "name": _("Name"),
    "passwordless": _("Sign in with it alone, without a password"),
}
HINTS = {
    "password1": PASSWORD_HINT,
    "passwordless": _("The device then asks for your finger, your face or its own code."),
}


class Worded(forms.Form):
    """Our labels and hints in place of the library's; no placeholders, which vanish as soon as one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput) or name in ("login", "email"):
                field.widget.attrs["dir"] = "ltr"


class SignInForm(Worded, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autofocus=True, spellcheck="false")


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    pass


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    pass


class SetPasswordForm(Worded, account.SetPasswordForm):
    pass


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    pass


class ChangeEmailForm(Worded, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].help_text = _(
            "A link goes to this address. It takes the place of the present one when the link is opened."
        )


class CodeForm(Worded, mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE | {"inputmode": "text"})
        self.fields["code"].help_text = _("Six digits from your application, or one of your recovery codes.")


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE | {"inputmode": "text"})


class ActivateCodeForm(Worded, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE)
        self.fields["code"].label = _("The six digits that the application shows")


class AddPasskeyForm(Worded, AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = ""
        self.initial["name"] = ""
        self.initial["passwordless"] = True
        self.fields["name"].help_text = _("So that you know it again: Laptop, Phone, Blue key.")


class RenamePasskeyForm(Worded, EditWebAuthnForm):
    pass


class DetailsForm(forms.ModelForm):
    """What somebody keeps up to date about themselves."""

    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Person
        fields = ("name", "name_ar", "phone", "language")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
        }
        help_texts = {"language": _("For the pages and for the messages you are sent.")}
        error_messages = {"name": {"required": _("Write your name.")}}


class TokenForm(forms.Form):
    """A new token: what it is for, and how long it lasts."""

    LIVES = [
        ("30", _("30 days")),
        ("90", _("90 days")),
        ("365", _("One year")),
        ("", _("Until it is revoked")),
    ]
    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        error_messages={"required": _("Say what this token is for.")},
    )
    days = forms.ChoiceField(label=_("Valid for"), choices=LIVES, required=False, initial="90")
    scopes = forms.MultipleChoiceField(
        label=_("Besides reading, it may"),
        choices=[one for one in TokenScope.choices if one[0] != TokenScope.READ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
