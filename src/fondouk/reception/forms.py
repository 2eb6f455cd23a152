"""Forms of reception, for hosts and for the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import ClockField, EmailAddressField, TypedDateField
from fondouk.lib.formats import format_moment
from fondouk.lib.saving import say_beside
from fondouk.people.models import Person
from fondouk.reception.actions import MOST, Guest, Meanwhile, change
from fondouk.reception.models import Visit
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import in_use_at

LONG = 120
SEPARATORS = ",;<\t"


class GuestsField(forms.CharField):
    """Visitors, one a line: name, then e-mail address and organisation in either order. A list of `Guest`."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[Guest]:
        text = super().clean(value) or ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("%(n)s visitors at once at most.") % {"n": MOST})
        return [self._read(line) for line in lines]

    def _read(self, line: str) -> Guest:
        for mark in SEPARATORS:
            line = line.replace(mark, "\n")
        name, *rest = [part.strip(" <>") for part in line.split("\n") if part.strip(" <>")] or [""]
        email = next((part for part in rest if "@" in part), "")
        others = [part for part in rest if part != email]
        if not name or "@" in name or len(others) > 1:
            raise ValidationError(
                _("“%(line)s”: write a name, an e-mail address and an organisation, with commas.")
                % {"line": line.replace("\n", ", ")}
            )
        if email:
            try:
                validate_email(email)
            except ValidationError as error:
                raise ValidationError(f"{email}: {error.messages[0]}") from error
        if len(name) > LONG or len("".join(others)) > LONG:
            raise ValidationError(_("“%(line)s” is too long.") % {"line": f"{name[:40]}…"})
        return Guest(name, email, "".join(others))


class VisitorForm(forms.Form):
    """One visitor."""

    name = forms.CharField(label=_("Name of the visitor"), max_length=120)
    organisation = forms.CharField(label=_("Organisation"), max_length=120, required=False)
    email = EmailAddressField(
        label=_("E-mail address"),
        required=False,
        help_text=_("An invitation with a code and an entry for the calendar goes there."),
    )

    def guest(self) -> Guest:
        said = self.cleaned_data
        return Guest(said["name"], said["email"], said["organisation"])


class WhenForm(forms.Form):
    """When and where somebody is expected."""

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), empty_label=None)
    day = TypedDateField(label=_("Day"))
    clock = ClockField(label=_("Hour"))
    resource = forms.ModelChoiceField(
        Resource.objects.none(), label=_("Meeting place"), required=False, empty_label=_("At the reception")
    )
    note = forms.CharField(
        label=_("Word to the reception"),
        max_length=300,
        required=False,
        help_text=_("A wheelchair, a parking place, something to hand over."),
    )

    def __init__(self, *args: Any, sites: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = sites
        if len(sites) == 1:
            site.widget = forms.HiddenInput()
            site.initial = sites[0]
        resource: Any = self.fields["resource"]
        resource.queryset = spaces
        several = len(sites) > 1
        resource.label_from_instance = lambda one: f"{one.site} · {one.code}" if several else one.code
        resource.widget.attrs["data-choose"] = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        space, site = said.get("resource"), said.get("site")
        if space and site and space.site_id != site.pk:
            self.add_error("resource", _("This space is on another site."))
        return said


class AnnounceForm(VisitorForm, WhenForm):
    """One visitor, perhaps with others, for a day and an hour."""

    others = GuestsField(
        label=_("Who comes along"),
        required=False,
        help_text=_("One a line: name, e-mail address, organisation."),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    field_order: Any = (
        "name", "organisation", "email", "others", "site", "day", "clock", "resource", "note", "language",
    )  # fmt: skip

    def guests(self) -> list[Guest]:
        return [self.guest(), *self.cleaned_data["others"]]

    def when(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("site", "day", "clock", "resource", "note", "language")
        }


class DeskAnnounceForm(AnnounceForm):
    """On behalf of a host."""

    host = forms.ModelChoiceField(Person.objects.none(), label=_("Expected by"), empty_label=_("Choose"))

    field_order: Any = ("host", *AnnounceForm.field_order)

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class WalkInForm(VisitorForm):
    """Somebody stands at the desk whom nobody has announced."""

    host = forms.ModelChoiceField(Person.objects.none(), label=_("Comes to see"), empty_label=_("Choose"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    field_order: Any = ("host", "name", "organisation", "note")

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        del self.fields["email"]

    def guest(self) -> Guest:
        return Guest(self.cleaned_data["name"], "", self.cleaned_data["organisation"])


class ChangeForm(WhenForm):
    """Another day, hour or place. `sequence` is that of the visit as it was read."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["site"]


def change_form(visit: Visit, data: Any) -> ChangeForm:
    sites = Site.objects.filter(pk=visit.site_id)
    initial = {name: getattr(visit, name) for name in ("day", "clock", "resource", "note", "sequence")}
    return ChangeForm(data, sites=sites, spaces=in_use_at(sites), initial=initial)


def changed(form: ChangeForm, visit: Visit, *, by: Person) -> bool:
    """Whether it is; else the form says why not, and has what is needed to be sent again."""
    try:
        change(visit, by=by, **form.cleaned_data)
    except ValidationError as error:
        refused(form, error)
        return False
    except Meanwhile as late:
        form.add_error(None, f"{late} {_now(visit)}")
        again = form.data.copy()  # type: ignore[attr-defined]
        again["sequence"] = str(
            Visit.objects.filter(pk=visit.pk).values_list("sequence", flat=True).first() or 0
        )
        form.data = again
        return False
    return True


def _now(visit: Visit) -> str:
    """What stands there by now."""
    fresh = Visit.objects.select_related("site", "resource").filter(pk=visit.pk).first()
    if fresh is None:
        return ""
    when = format_moment(fresh.starts, (get_language() or "fr")[:2])
    return gettext("It says %(when)s by now, %(place)s.") % {"when": when, "place": fresh.place}


def refused(form: forms.Form, error: ValidationError) -> None:
    """What the action refuses, beside its field; of the first visitor where it speaks of them all."""
    say_beside(form, error, places={"guests": "name"})


def announced(count: int) -> str:
    said = ngettext("%(n)s visitor is announced.", "%(n)s visitors are announced.", count)
    return said % {"n": count}
