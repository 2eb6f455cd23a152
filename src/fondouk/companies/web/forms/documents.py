"""Forms of documents, notes and merges."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company, CompanyDocument
from fondouk.lib.fields import ParagraphsField, TypedDateField


class DocumentForm(forms.ModelForm):
    upload = forms.FileField(label=_("File"), help_text=_("PDF, image or office document, 20 MB at most."))
    expires_on = TypedDateField(label=_("Expires on"), required=False)

    class Meta:
        model = CompanyDocument
        fields = ["kind", "title", "is_for_members"]

    field_order = ["upload", "title", "kind", "expires_on", "is_for_members"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Empty: the name of the file.")


class DocumentDetailsForm(forms.ModelForm):
    """What is said of a document that is there already."""

    expires_on = TypedDateField(label=_("Expires on"), required=False)

    class Meta:
        model = CompanyDocument
        fields = ["title", "kind", "expires_on", "is_for_members"]


class NoteForm(forms.Form):
    text = ParagraphsField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class MergeForm(forms.Form):
    """The record to be absorbed by the one whose page this is."""

    absorbed = forms.ModelChoiceField(Company.objects.none(), label=_("The same company as"), empty_label="—")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absorbed"].queryset = choices


class SynonymForm(forms.Form):
    name = forms.CharField(label=_("Another name"), max_length=80)
