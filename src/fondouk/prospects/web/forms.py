"""Forms of the staff: what a prospect is told to be, when a tour is, what came of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company
from fondouk.lib.fields import (
    ClockField,
    EmailAddressField,
    ParagraphsField,
    PhoneField,
    TypedCountField,
    TypedDateField,
)
from fondouk.lib.zones import NonexistentLocalTime, resolve
from fondouk.people.models import Person
from fondouk.prospects.actions import when_known
from fondouk.prospects.enums import Origin, Outcome
from fondouk.prospects.models import Prospect, Tour
from fondouk.sites.models import Site
from fondouk.sites.queries.hours import Day, hours_on

LONGEST = timedelta(hours=8)
AHEAD = timedelta(days=365)
USUAL = (Outcome.SETTLED, Outcome.SERVED, Outcome.LATER, Outcome.UNFIT, Outcome.SILENT, Outcome.UNWANTED)
"""What the staff say; a visitor withdraws by their own link, or the staff say it for them."""


class ProspectForm(forms.ModelForm):  # type: ignore[type-arg]
    email = EmailAddressField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = Prospect
        fields = (
            "name",
            "organisation",
            "email",
            "phone",
            "language",
            "purpose",
            "site",
            "origin",
            "message",
        )
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The site it is about stays in the list, though it may not be one's own.
        known = Q(pk__in=sites.values("pk")) | Q(pk=self.instance.site_id)
        self.fields["site"].queryset = Site.objects.filter(known)  # type: ignore[attr-defined]
        self.fields["site"].empty_label = _("None in particular")  # type: ignore[attr-defined]
        if self.instance.origin == Origin.FORM:
            # What somebody wrote to us stays as they wrote it: they see it on their own page.
            del self.fields["message"], self.fields["origin"]
        else:
            self.fields["origin"].choices = [one for one in Origin.choices if one[0] != Origin.FORM]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Fields only: the action saves, and says beside its field what the database refuses."""
        self.instance = forms.models.construct_instance(self, self.instance, list(self.fields))


class FollowUpForm(forms.Form):
    text = ParagraphsField(
        label=_("What was said"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = TypedDateField(label=_("Come back to it on"), required=False)

    def clean_next_on(self) -> Any:
        day, today = self.cleaned_data["next_on"], timezone.localdate()
        if day is not None and not today <= day <= today + AHEAD:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return day


class TourForm(forms.Form):
    """When, by the clock of the site, and with whom. Closed doors, or a day that is over, are asked about: `anyway`."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=None)
    on = TypedDateField(label=_("Day"))
    begins = ClockField(label=_("Begins at"))
    ends = ClockField(label=_("Ends at"))
    visitors = TypedCountField(label=_("Visitors"))
    guide = forms.ModelChoiceField(
        Person.objects.none(), label=_("Guide"), required=False, empty_label=_("To be named")
    )
    tell = forms.BooleanField(label=_("Write to the visitor"), required=False, initial=True)
    anyway = forms.BooleanField(label=_("Plan it all the same"), required=False)
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sites: Any, guides: Any, writes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = self.fields.pop("anyway")
        if self.data.get("anyway"):
            self.fields["anyway"] = self.question
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["guide"].queryset = guides  # type: ignore[attr-defined]
        if not writes:
            del self.fields["tell"]

    def clean_visitors(self) -> int:
        count = self.cleaned_data["visitors"]
        if not 1 <= count <= 200:
            raise ValidationError(_("From 1 to 200 visitors."))
        return int(count)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        site, day = cleaned.get("site"), cleaned.get("on")
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if site is None or day is None or begins is None or ends is None:
            return cleaned
        today = timezone.now().astimezone(ZoneInfo(site.zone)).date()
        if not today - timedelta(days=31) <= day <= today + AHEAD:
            self.add_error("on", _("Choose a day from a month ago to a year from now."))
        try:
            cleaned["starts_at"] = resolve(datetime.combine(day, begins), site.zone)
            cleaned["ends_at"] = resolve(datetime.combine(day, ends), site.zone)
        except NonexistentLocalTime:
            self.add_error("begins", _("The clock jumps over this time on that day."))
            return cleaned
        if cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", _("A tour ends after it has begun."))
        elif cleaned["ends_at"] - cleaned["starts_at"] > LONGEST:
            self.add_error("ends", _("A tour lasts eight hours at most."))
        if self.errors or cleaned.get("anyway"):
            return cleaned
        if day < today and cleaned.get("known", "")[:10] >= today.isoformat():
            self._ask("on", _("This day is over, and the visit was still to come: nobody is written to."))
        elif day >= today and site.hours.exists():
            self._ask_about_doors(hours_on(site, day), begins, ends)
        return cleaned

    def _ask(self, field: str, text: Any) -> None:
        self.add_error(field, text)
        self.fields["anyway"] = self.question

    def _ask_about_doors(self, doors: Day, begins: time, ends: time) -> None:
        if doors.opens is None or doors.closes is None:
            name = f" ({doors.label})" if doors.label else ""
            self._ask("on", _("The site is closed on that day%(name)s.") % {"name": name})
        elif begins < doors.opens or ends > doors.closes:
            told = {"opens": doors.opens.strftime("%H:%M"), "closes": doors.closes.strftime("%H:%M")}
            self._ask("begins", _("The doors are open from %(opens)s to %(closes)s.") % told)

    @staticmethod
    def begun(tour: Tour) -> dict[str, Any]:
        """What the form begins with."""
        known: dict[str, Any] = {
            "site": tour.site_id,
            "visitors": tour.visitors,
            "guide": tour.guide_id,
            "known": when_known(tour),
        }
        if tour.starts_at and tour.ends_at:
            place = ZoneInfo(tour.site.zone)
            begins, ends = tour.starts_at.astimezone(place), tour.ends_at.astimezone(place)
            return known | {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}
        return known | {"on": tour.wished_on}


class ClosingForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[("", "—"), *((one.value, one.label) for one in USUAL)]
    )
    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Company"),
        required=False,
        empty_label="—",
        help_text=_("Where a company of the network came of it."),
    )

    def __init__(self, *args: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]
