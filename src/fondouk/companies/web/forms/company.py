"""Forms of a company's own record."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Kind, LegalForm, MemberRole, Mode, Stage
from fondouk.companies.models import Company, Sector
from fondouk.companies.queries import possible_stewards
from fondouk.lib.fields import (
    DigitsField,
    EmailAddressField,
    IceField,
    PhoneField,
    TypedDateField,
    WebsiteField,
)
from fondouk.people.models import Person
from fondouk.sites.models import Site


class CompanyForm(forms.ModelForm):
    """The name people use and how to reach them; sector, stage and steward are kept with their history."""

    email = EmailAddressField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    website = WebsiteField(label=_("Website"), required=False)
    sector = forms.ModelChoiceField(Sector.objects.all(), label=_("Sector"), required=False, empty_label="—")
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    steward = forms.ModelChoiceField(
        Person.objects.none(), label=_("Followed by"), required=False, empty_label="—"
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kind"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """What stood when the form was shown: somebody else may have written since."""

    class Meta:
        model = Company
        fields = ["name", "name_ar", "activity", "email", "phone", "website", "is_public"]
        widgets = {"name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})}

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [("", "—"), *Stage.choices]
        self.initial["seen"] = self._standing()
        # Who follows it stays in the list, whatever became of their role: saving must not take them off unseen.
        known = Q(pk__in=possible_stewards(account).values("pk")) | Q(pk=self.initial.get("steward"))
        self.fields["steward"].queryset = Person.objects.living().filter(known)

    def _standing(self) -> str:
        told = sorted((name, str(value)) for name, value in self.initial.items() if name != "seen")
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if self.instance.pk else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stands, seen = self.initial["seen"], cleaned.get("seen")
        if stands and seen and seen != stands:
            again: Any = self.data.copy()  # type: ignore[attr-defined]
            again["seen"] = stands
            self.data = again
            self.add_error(
                None,
                _(
                    "Somebody else has changed this record since you opened it. Compare with its page; sending again "
                    "replaces what they wrote."
                ),
            )
        return cleaned

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def changed_columns(self) -> list[str]:
        return [name for name in self._meta.fields or [] if name in self.changed_data]


class IdentityForm(forms.Form):
    legal_name = forms.CharField(label=_("Legal name"), max_length=200, required=False)
    legal_form = forms.ChoiceField(label=_("Legal form"), required=False)
    ice = IceField(label=_("ICE"), required=False, help_text=_("15 digits; lost zeros are put back."))
    rc = DigitsField(kind="RC", label=_("RC"), required=False)
    rc_court = forms.CharField(label=_("Court of the RC"), max_length=80, required=False)
    if_number = DigitsField(kind="IF", label=_("IF"), required=False)
    cnss = DigitsField(kind="CNSS", label=_("CNSS"), required=False)
    tp = DigitsField(kind="TP", label=_("TP"), required=False)
    incorporated_on = TypedDateField(label=_("Incorporated on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["legal_form"].choices = [("", "—"), *LegalForm.choices]

    def clean_incorporated_on(self) -> date | None:
        day: date | None = self.cleaned_data["incorporated_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come: leave it empty until the company exists."))
        return day


class DatedIdentityForm(IdentityForm):
    """A correction of what stands or, with a day, another identity that follows it."""

    since = TypedDateField(
        label=_("In force since"),
        required=False,
        help_text=_("Only when the identity itself changed that day. Empty: this corrects what is written."),
    )


class ArrivalForm(forms.Form):
    """Where a new company is hosted; left empty for a partner or a project."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label="—")
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices, required=False, initial=Mode.OFFICE)
    first = TypedDateField(label=_("Entry date"), required=False)

    def __init__(self, *args: Any, sites: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sites is not None:
            self.fields["site"].queryset = sites

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and not cleaned.get("site") and "site" not in self.errors:
            self.add_error("site", _("Say on which site the company arrives that day."))
        return cleaned


class ResidencyForm(ArrivalForm):
    last = TypedDateField(
        label=_("Leaving date"), required=False, help_text=_("The last day; empty while it lasts.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].required = True
        self.fields["first"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The leaving date comes before the entry date."))
        return cleaned


class DepartureForm(forms.Form):
    last = TypedDateField(label=_("Last day on the site"))


class PlaceForm(forms.Form):
    """What somebody does in the team, and what they may do for the company here."""

    title = forms.CharField(label=_("Function"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = EmailAddressField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    title = forms.CharField(label=_("Function"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices, initial=MemberRole.MEMBER)
