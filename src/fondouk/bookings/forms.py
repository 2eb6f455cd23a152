"""Forms of bookings, for the staff's screens and the members'."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.actions.booking import RULES, TITLE
from fondouk.bookings.actions.changing import move
from fondouk.bookings.actions.describing import mark_of
from fondouk.bookings.enums import Audience, Scope
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.pricing import ZERO
from fondouk.bookings.queries import Search, other_rooms, other_times
from fondouk.bookings.wishes import PriceChanged, Stale, TooLate, Unavailable, Wish
from fondouk.companies.models import Company
from fondouk.lib.fields import ClockField, TypedCountField, TypedDateField
from fondouk.lib.local import read_local
from fondouk.lib.recurrence import BrokenRule, Rule, parse_rule, weekly
from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.spaces.enums import Equipment
from fondouk.spaces.models import Resource
from fondouk.ui.formatting import listed, money_cents

MIDNIGHT = time(0)
SAY_HOW_OFTEN = _("Say how often it repeats, or leave the last day empty.")
FIELDS = {"starts": "begins", "resource": "space"}
"""Where the actions' words for things differ from those of the forms."""


class Repeat(TextChoices):
    """What people ask for; calendars have many more rules (`lib.recurrence`), which come by the API."""

    ONCE = "", _("Once")
    DAILY = "daily", _("Every day")
    WORKDAYS = "workdays", _("From Monday to Friday")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month, on the same day")


def rule_of(repeat: str, first: datetime, until: date) -> Rule | None:
    """The rule of RFC 5545 that says so. Raises `BrokenRule`."""
    if repeat == Repeat.WORKDAYS:
        return weekly(first, until=until, days=range(5))
    if repeat in (Repeat.WEEKLY, Repeat.FORTNIGHTLY):
        return weekly(first, until=until, every=2 if repeat == Repeat.FORTNIGHTLY else 1)
    if repeat == Repeat.DAILY:
        return parse_rule(f"FREQ=DAILY;UNTIL={until:%Y%m%d}")
    if repeat == Repeat.MONTHLY:
        return parse_rule(f"FREQ=MONTHLY;BYMONTHDAY={first.day};UNTIL={until:%Y%m%d}")
    return None


def days_refused(repeat: str, day: date) -> Any:
    """Why something does not repeat so from that day on; "" where it does."""
    if repeat == Repeat.WORKDAYS and day.isoweekday() > 5:
        return _("Begin on a day from Monday to Friday.")
    if repeat == Repeat.MONTHLY and day.day > 28:
        return _("Not every month has this day: begin on one up to the 28th.")
    return ""


class ClockForm(forms.Form):
    """When, on the clock of the wall: a day, from one time to another, perhaps until another day.

    Where nothing is missing, `starts` and `ends_at` say so once it is cleaned.
    """

    day = TypedDateField(label=_("Day"))
    begins = ClockField(label=_("Begins at"))
    ends = ClockField(label=_("Ends at"))
    last_day = TypedDateField(label=_("Until day"), required=False, help_text=_("Empty: on the same day."))

    starts: datetime
    ends_at: datetime

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, begins, ends = cleaned.get("day"), cleaned.get("begins"), cleaned.get("ends")
        if day is None or begins is None or ends is None:
            return cleaned
        last = cleaned.get("last_day") or (day + timedelta(days=1) if ends == MIDNIGHT else day)
        self.starts, self.ends_at = datetime.combine(day, begins), datetime.combine(last, ends)
        if self.ends_at <= self.starts:
            self.add_error("last_day" if last < day else "ends", _("It ends before it starts."))
        return cleaned


class TimesForm(ClockForm):
    """And perhaps again: `rule` says so after `is_valid`."""

    repeat = forms.ChoiceField(label=_("Repeats"), choices=Repeat.choices, required=False)
    until = TypedDateField(label=_("Repeats until"), required=False)

    rule: Rule | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("day")
        if day is None or not hasattr(self, "starts"):
            return cleaned
        repeat, until = cleaned.get("repeat") or "", cleaned.get("until")
        if repeat and "until" in self.errors:
            return cleaned
        if until and not repeat and "repeat" in self.fields:
            self.add_error("repeat", SAY_HOW_OFTEN)
        elif refused := days_refused(repeat, day):
            self.add_error("day", refused)
        elif repeat and until is None:
            self.add_error("until", _("Say until when it repeats."))
        elif repeat and until is not None and until < day:
            self.add_error("until", _("It ends before it begins."))
        elif repeat and until is not None:
            self._repeat(repeat, until)
        return cleaned

    def _repeat(self, repeat: str, until: date) -> None:
        try:
            self.rule = rule_of(repeat, self.starts, until)
            if self.rule is not None:
                self.rule.starts(self.starts)
        except BrokenRule as broken:
            self.add_error("until", RULES[broken.reason])


class Skips(forms.Form):
    """Dates of a series to leave out or to wait for, as `presentation.Way` writes them; and the price that was shown."""

    skip = forms.CharField(required=False, widget=forms.HiddenInput)
    wait = forms.CharField(required=False, widget=forms.HiddenInput)

    def skipped(self) -> list[datetime]:
        return self._times("skip")

    def waited(self) -> list[datetime]:
        """Those to wait for where they are taken."""
        return self._times("wait")

    def _times(self, name: str) -> list[datetime]:
        read = [read_local(text) for text in self.cleaned_data.get(name, "").split(",")]
        return [one.replace(tzinfo=None) for one in read if one is not None]

    def price_seen(self) -> Decimal | None:
        """What the reader was shown that it costs in all, before tax."""
        try:
            return Decimal(self.data.get("price_seen", ""))
        except InvalidOperation:
            return None


class WordsForm(forms.Form):
    """What a booking says of itself."""

    title = forms.CharField(label=_("What for"), max_length=TITLE)
    attendees = TypedCountField(label=_("People"), required=False)
    is_private = forms.BooleanField(label=_("Title for the participants only"), required=False)
    note = forms.CharField(
        label=_("Note for the park"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_attendees(self) -> int | None:
        count = self.cleaned_data["attendees"]
        return int(count) if count else None


class BookingForm(TimesForm, WordsForm, Skips):
    """A space, when, what for. `companies` are those it may be booked for; `skip` are dates to leave out."""

    space = forms.ModelChoiceField(Resource.objects.none(), label=_("Space"))
    company = forms.ModelChoiceField(Company.objects.none(), label=_("Company"), required=False)

    field_order = (
        "space", "title", "day", "begins", "ends", "last_day", "repeat", "until", "company", "attendees", "is_private",
        "note", "skip", "wait",
    )  # fmt: skip

    def __init__(
        self, *args: Any, spaces: Any, companies: Any, must_name: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        space: Any = self.fields["space"]
        company: Any = self.fields["company"]
        space.queryset = spaces.select_related("site").defer("vector", "site__vector")
        sites = {one.site_id for one in space.queryset}
        space.label_from_instance = lambda one: f"{one.site} · {one.code}" if len(sites) > 1 else one.code
        company.queryset = companies
        company.empty_label = None if must_name else _("None: for the park")
        company.required = must_name
        company.label_from_instance = lambda one: one.label

    def wish(self, organiser: Person) -> Wish:
        said = self.cleaned_data
        return Wish(
            resource=said["space"],
            starts=self.starts,
            ends=self.ends_at,
            title=said["title"].strip(),
            organiser=organiser,
            company=said.get("company"),
            rule=self.rule,
            attendees=said["attendees"],
            note=said["note"],
            is_private=said["is_private"],
        )


def refuse(form: forms.Form, error: ValidationError) -> None:
    """What an action refuses, beside the field that it speaks of, or above all of them."""
    for name, errors in error.update_error_dict({}).items():
        field = FIELDS.get(name, name)
        if name == "rule":
            field = "until"
        form.add_error(field if field in form.fields and name != NON_FIELD_ERRORS else None, errors)


def in_words(refused: Unavailable) -> str:
    """Why, with the first of the times that cannot be had."""
    days = listed(f"{clash.span.starts:%d/%m/%Y %H:%M}" for clash in refused.clashes[:5])
    return f"{refused} ({days})" if refused.clashes else str(refused)


class DetailsForm(WordsForm):
    """`mark` is that of the words that were read (`actions.mark_of`)."""

    mark = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    @classmethod
    def of(cls, booking: Booking, data: Any, *, by: Person) -> DetailsForm:
        """Filled with what the booking says; without the words of a private one for whoever may not read them."""
        names = ("title", "attendees", "is_private", "note")
        form = cls(
            data, initial={**{name: getattr(booking, name) for name in names}, "mark": mark_of(booking)}
        )
        if not booking.tells(by.pk):
            for name in ("title", "is_private", "note"):
                del form.fields[name]
        return form


class MoveForm(ClockForm):
    """Another time or another space, for one time of a series or for more. `price_seen`: what the reader was told that it
    costs then.
    """

    space = forms.ModelChoiceField(Resource.objects.none(), label=_("Space"), empty_label=None)
    scope = forms.ChoiceField(
        label=_("Which ones"), choices=Scope.choices, initial=Scope.THIS, widget=forms.RadioSelect
    )
    until = TypedDateField(
        label=_("Of the series, only up to"), required=False, help_text=_("Empty: to its end.")
    )
    stamp = forms.IntegerField(widget=forms.HiddenInput)
    price_seen = forms.DecimalField(widget=forms.HiddenInput, required=False)

    field_order = ("space", "day", "begins", "ends", "last_day", "scope", "until", "stamp")

    def __init__(self, *args: Any, spaces: Any, is_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]
        if not is_series:
            del self.fields["scope"], self.fields["until"]

    @classmethod
    def of(cls, one: Occurrence, data: Any, *, spaces: Any) -> MoveForm:
        initial = {
            "space": one.resource_id,
            "day": one.starts.date(),
            "begins": one.starts.time(),
            "ends": one.ends.time(),
            "last_day": one.ends.date() if one.ends.date() != one.starts.date() else None,
            "stamp": one.sequence,
            "scope": Scope.THIS,
        }
        spaces = spaces.filter(site=one.booking.resource.site_id)
        return cls(data, initial=initial, spaces=spaces, is_series=one.booking.is_series)

    def moved(self, one: Occurrence, *, audience: Audience, by: Person) -> list[Occurrence]:
        """Do what a form that is valid says; none, and the reason in its errors, where that cannot be."""
        said = self.cleaned_data
        try:
            return move(
                one,
                starts=self.starts,
                ends=self.ends_at,
                resource=said["space"],
                scope=Scope(said.get("scope", Scope.THIS)),
                until=said.get("until"),
                audience=audience,
                by=by,
                sequence=said["stamp"],
                price_seen=said.get("price_seen") or ZERO,
            )
        except ValidationError as error:
            refuse(self, error)
        except Unavailable as refused:
            self.add_error(None, in_words(refused))
            if len(refused.clashes) == 1 and (instead := self._instead(audience)):
                self.add_error(None, _("Free instead: %(what)s.") % {"what": instead})
        except PriceChanged as changed:
            self.data = {**self.data.dict(), "price_seen": str(changed.total)}  # type: ignore[attr-defined]
            asked = _("It costs %(price)s then, before tax. Move it all the same?")
            language = (get_language() or "fr")[:2]
            self.add_error(None, asked % {"price": money_cents(changed.total, language)})
        except (Stale, TooLate) as error:
            self.add_error(None, str(error))
        return []

    def _instead(self, audience: Audience) -> str:
        """Times of the same space, and other spaces at that time, in words."""
        space, spaces = self.cleaned_data["space"], self.fields["space"].queryset  # type: ignore[attr-defined]
        times = other_times(space, self.starts, self.ends_at, audience, timezone.now())[:3]
        rooms = other_rooms(spaces, space, Search(self.starts, self.ends_at, None), audience, most=3)
        said = [f"{span.starts:%d/%m %H:%M}–{span.ends:%H:%M}" for span in times]
        return listed([*said, *(found.resource.code for found in rooms)])


class CancelForm(forms.Form):
    """`until` only where those that follow go, and not all of them."""

    scope = forms.ChoiceField(
        label=_("Which ones"), choices=Scope.choices, initial=Scope.THIS, widget=forms.RadioSelect
    )
    until = TypedDateField(
        label=_("Of the series, only up to"), required=False, help_text=_("Empty: to its end.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    waive = forms.BooleanField(label=_("Nothing is due for it"), required=False)
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
    due_seen = forms.DecimalField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_series: bool, may_waive: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_series:
            del self.fields["scope"], self.fields["until"]
        if not may_waive:
            del self.fields["waive"]

    def has_read(self, due: Decimal) -> bool:
        """Whether what stays due is no more than the reader was shown, or is waived: nobody owes what they have not read.
        Otherwise the question is asked again, with the amount. For a form that is valid.
        """
        said = self.cleaned_data
        if due <= (said.get("due_seen") or ZERO) or said.get("waive"):
            return True
        self.data = {**self.data.dict(), "due_seen": str(due)}  # type: ignore[attr-defined]
        self.add_error(
            None,
            _("It is late: cancelled now, %(due)s stays due, before tax. Cancel it all the same?")
            % {"due": money_cents(due, (get_language() or "fr")[:2])},
        )
        return False


class SearchForm(TimesForm):
    """ "Tuesday from ten to twelve, eight people, a screen, Rabat, every week for a term"."""

    people = TypedCountField(label=_("People"), required=False)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label=_("All"))
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=Equipment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("day", "begins", "ends", "people", "site", "repeat", "until", "equipment")

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["last_day"]
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        if len(sites) < 2:
            del self.fields["site"]

    def search(self) -> Search:
        said = self.cleaned_data
        return Search(
            self.starts,
            self.ends_at,
            self.rule,
            capacity=int(said.get("people") or 0),
            equipment=said.get("equipment") or (),
            site=said["site"].pk if said.get("site") else None,
        )
