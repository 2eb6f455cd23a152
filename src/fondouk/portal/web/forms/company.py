"""What an owner may say of the company."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.lib.fields import EmailAddressField, PhoneField, WebsiteField


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    email = EmailAddressField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    website = WebsiteField(label=_("Website"), required=False)
    is_public = forms.BooleanField(
        label=_("Show the company in the public directory"),
        required=False,
        help_text=_("Its name, activity, sector, site and website. You may change your mind at any time."),
    )

    class Meta:
        model = Company
        fields = ["activity", "email", "phone", "website", "is_public"]
