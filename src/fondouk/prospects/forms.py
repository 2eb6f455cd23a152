"""What is asked of a visitor, by the public site and at the desk: one form, two rooms."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import EmailAddressField, ParagraphsField, PhoneField, TypedCountField, TypedDateField
from fondouk.lib.text import one_line
from fondouk.prospects.enums import DayPart, Origin, Purpose
from fondouk.prospects.models import Prospect, Tour
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site
from fondouk.sites.queries import week_of

AHEAD = timedelta(days=180)
VALID = timedelta(days=2)
HASTE = timedelta(seconds=3)
"""Nobody fills the form in less; a machine does."""
SIGNER = TimestampSigner(salt="prospects.form")


def sites_to_visit(day: date) -> Any:
    """Sites that a visitor may name: those that the public is shown."""
    sites: Any = Site.objects.with_phase(day)
    return sites.filter(phase__in=[Phase.OPEN, Phase.OPENING, Phase.PLANNED])


def _is_shut(site: Site, day: date) -> bool:
    """By its hours, where they are known, or a public holiday; a site that is still to open is not judged."""
    (told,) = week_of(site, [day])
    return not told.is_open and told.reason != "phase" and site.hours.exists()


class RequestForm(forms.Form):
    """Who asks, for what, and the tour they wish for."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    organisation = forms.CharField(label=_("Company or organisation"), max_length=200, required=False)
    email = EmailAddressField(label=_("E-mail address"))
    phone = PhoneField(label=_("Phone"), required=False)
    purpose = forms.ChoiceField(label=_("What brings you?"), choices=[("", "—"), *Purpose.choices])
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Site"), required=False, empty_label=_("I do not know yet")
    )
    tour = forms.BooleanField(label=_("I would like to visit the site"), required=False)
    wished_on = TypedDateField(label=_("Which day would suit you?"), required=False)
    wished_part = forms.ChoiceField(
        label=_("When in the day?"), choices=[("", _("No matter")), *DayPart.choices], required=False
    )
    visitors = TypedCountField(label=_("How many will you be?"), required=False)
    message = ParagraphsField(
        label=_("Your message"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_to_visit(timezone.localdate())
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organisation"].widget.attrs["autocomplete"] = "organization"

    def clean_wished_on(self) -> date | None:
        day: date | None = self.cleaned_data["wished_on"]
        today = timezone.localdate()
        if day is not None and day < today:
            raise ValidationError(_("This day is over already."))
        if day is not None and day > today + AHEAD:
            raise ValidationError(_("Choose a day within six months."))
        return day

    def clean_visitors(self) -> int | None:
        count = self.cleaned_data["visitors"]
        if count is not None and not 1 <= count <= 200:
            raise ValidationError(_("From 1 to 200 visitors."))
        return int(count) if count is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        site, day = cleaned.get("site"), cleaned.get("wished_on")
        if site is not None and day is not None and cleaned.get("tour") and _is_shut(site, day):
            self.add_error("wished_on", _("The site is closed on that day. Choose another."))
        if cleaned.get("tour") and "site" not in self.errors and not cleaned.get("site"):
            self.add_error("site", _("Choose the site that you would like to visit."))
        return cleaned

    def prospect(self) -> Prospect:
        """Of what was typed, not saved yet."""
        given = self.cleaned_data
        return Prospect(
            name=one_line(given["name"]),
            organisation=one_line(given["organisation"]),
            email=given["email"],
            phone=given["phone"],
            purpose=given["purpose"],
            site=given["site"],
            message=given["message"].strip(),
        )

    def wished_tour(self) -> Tour | None:
        given = self.cleaned_data
        if not given["tour"]:
            return None
        return Tour(
            site=given["site"],
            wished_on=given["wished_on"],
            wished_part=given["wished_part"],
            visitors=given["visitors"] or 1,
        )


class VisitorForm(RequestForm):
    """The public one. Machines fill the field that people do not see, and are quicker than people."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["key"] = SIGNER.sign(str(uuid.uuid4()))
        self.sent_key: uuid.UUID | None = None

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        key = cleaned.get("key") or ""
        try:
            sent = uuid.UUID(SIGNER.unsign(key, max_age=VALID))
        except (BadSignature, ValueError):
            self._give_another_key()
            self.add_error(None, _("The form was open for too long. Nothing is lost: send it once more."))
        else:
            if _is_hasty(key):
                self.add_error(None, _("That was very quick. Please send the form once more."))
            self.sent_key = sent
        return cleaned

    def _give_another_key(self) -> None:
        again: Any = self.data.copy()  # type: ignore[attr-defined]
        again["key"] = self.initial["key"]
        self.data = again

    def prospect(self) -> Prospect:
        """Its key is made of that of the form and of what was typed: corrected and sent again, it is another request."""
        asked = super().prospect()
        typed = sorted((name, str(value)) for name, value in self.cleaned_data.items() if name != "key")
        asked.sent_key = uuid.uuid5(self.sent_key, repr(typed)) if self.sent_key else None
        return asked


def _is_hasty(key: str) -> bool:
    try:
        SIGNER.unsign(key, max_age=HASTE)
    except BadSignature:
        return False
    return True


class DeskForm(RequestForm):
    """The staff's: somebody who telephoned, wrote, or came by; a telephone number is enough."""

    origin = forms.ChoiceField(label=_("How did they come to us?"), choices=Origin.choices[1:])
    field_order = ("name", "organisation", "email", "phone", "origin", "purpose", "site")

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["site"].empty_label = _("None in particular")  # type: ignore[attr-defined]
        self.fields["name"].label = _("Name")
        self.fields["email"].required = False
        self.fields["purpose"].label = _("Purpose")
        self.fields["tour"].label = _("They would like to visit the site")
        self.fields["wished_on"].label = _("Day wished for")
        self.fields["wished_part"].label = _("Part of the day")
        self.fields["visitors"].label = _("Visitors")
        self.fields["message"].label = _("What they want")

    def prospect(self) -> Prospect:
        noted = super().prospect()
        noted.origin = self.cleaned_data["origin"]
        return noted
