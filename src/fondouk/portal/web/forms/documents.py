"""A document that a company hands in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import DocumentKind
from fondouk.lib.fields import TypedDateField


class DocumentForm(forms.Form):
    upload = forms.FileField(label=_("File"), help_text=_("PDF, image or office document, 20 MB at most."))
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the name of the file.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices, initial=DocumentKind.OTHER)
    expires_on = TypedDateField(label=_("Expires on"), required=False)
