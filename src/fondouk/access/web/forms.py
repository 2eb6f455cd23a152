"""Forms of access."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.access.locks import LOCKS
from fondouk.access.models import Credential, Door, DoorRight, InternetService, RadiusServer
from fondouk.companies.queries import sites_hosting
from fondouk.lib.fields import ClockField, TypedCountField, TypedDateField

DAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
MOST_ADDRESSES = 64
LOWEST, HIGHEST = 2, 4094
"""Numbers of networks (IEEE 802.1Q), without those that switches keep for themselves."""


def choose_site(form: forms.BaseForm, sites: Any) -> None:
    """Those within reach; not asked where there is one."""
    site: Any = form.fields["site"]
    site.queryset = sites
    site.empty_label = None
    if len(sites) == 1:
        site.widget = forms.HiddenInput()
        site.initial = sites[0]


def choose_company(form: forms.BaseForm, companies: Any, empty: Any = None) -> None:
    company: Any = form.fields["company"]
    company.queryset = companies
    company.empty_label = empty
    company.label_from_instance = lambda one: one.label
    company.widget.attrs["data-choose"] = ""


class PeriodForm(forms.ModelForm):
    """`period` of the record, as a first and a last day, both included."""

    first_day = TypedDateField(label=_("From"))
    last_day = TypedDateField(label=_("Until"), required=False, help_text=_("Empty: without end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        period = getattr(self.instance, "period", None)
        if period:
            self.initial.setdefault("first_day", period.lower)
            self.initial.setdefault("last_day", period.upper and period.upper - timedelta(days=1))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It ends before it begins."))
        elif first and "last_day" not in self.errors:
            self.instance.period = DateRange(first, last + timedelta(days=1) if last else None)
        return said


class ServiceForm(PeriodForm):
    network = TypedCountField(
        label=_("Network number (VLAN)"), help_text=_("From 2 to 4094, of this company alone.")
    )
    down = TypedCountField(label=_("Down (Mbit/s)"), required=False)
    up = TypedCountField(label=_("Up (Mbit/s)"), required=False)
    addresses = forms.CharField(
        label=_("Fixed addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_("One a line."),
    )

    class Meta:
        model = InternetService
        fields = ("company", "site", "network", "down", "up", "note")

    field_order = ("company", "site", "first_day", "last_day", "network", "down", "up", "addresses", "note")

    def __init__(self, *args: Any, sites: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_site(self, sites)
        choose_company(self, companies)
        if self.instance.pk:
            for name in ("company", "site"):
                self.fields[name].disabled = True  # another company's is another service
            self.initial["addresses"] = "\n".join(one.address for one in self.instance.addresses.all())

    def clean_network(self) -> int:
        number = int(self.cleaned_data["network"])
        if not LOWEST <= number <= HIGHEST:
            raise ValidationError(_("From 2 to 4094, of this company alone."))
        return number

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        company, site, first = said.get("company"), said.get("site"), said.get("first_day")
        today = timezone.localdate()
        hosting = sites_hosting(company, max(first or today, today)) if company else []
        if self.instance.pk is None and company and site and site not in hosting:
            self.add_error("site", _("The company is not hosted on this site."))
        return said

    def clean_addresses(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(_("%(n)s addresses at most.") % {"n": MOST_ADDRESSES})
        found: dict[str, None] = {}
        for line in lines:
            try:
                address = ipaddress.ip_address(line)
            except ValueError:
                raise ValidationError(_("“%(line)s” is no IP address.") % {"line": line}) from None
            if address.is_unspecified or address.is_loopback or address.is_multicast or address.is_reserved:
                raise ValidationError(_("“%(line)s” is no address of a machine.") % {"line": line})
            found[str(address)] = None
        return list(found)


class EndForm(forms.Form):
    last_day = TypedDateField(label=_("Last day"))


class BecauseForm(forms.Form):
    because = forms.CharField(label=_("Why"), max_length=300)


class ServerForm(forms.ModelForm):
    class Meta:
        model = RadiusServer
        fields = ("site", "label")

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_site(self, sites)


class CredentialForm(forms.ModelForm):
    """`people` are those it may be issued to."""

    class Meta:
        model = Credential
        fields = ("kind", "number", "site", "company", "person", "opens")

    def __init__(self, *args: Any, sites: Any, companies: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_site(self, sites)
        choose_company(self, companies, empty=_("None: the park"))
        self.fields["company"].widget = forms.HiddenInput()  # chosen beside, with the people to choose among
        person: Any = self.fields["person"]
        person.queryset = people
        person.empty_label = _("Nobody in particular")
        person.widget.attrs["data-choose"] = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        company, site = said.get("company"), said.get("site")
        if company and site and site not in sites_hosting(company, timezone.localdate()):
            self.add_error("site", _("The company is not hosted on this site."))
        return said


class DoorForm(forms.ModelForm):
    adapter = forms.ChoiceField(label=_("Lock"))

    class Meta:
        model = Door
        fields = ("name", "site", "resource", "adapter", "address", "open_seconds", "is_on")

    def __init__(self, *args: Any, sites: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_site(self, sites)
        adapter: Any = self.fields["adapter"]
        adapter.choices = [(name, lock.label) for name, lock in LOCKS.items()]
        resource: Any = self.fields["resource"]
        resource.queryset = spaces
        resource.empty_label = _("None in particular")
        several = len(sites) > 1
        resource.label_from_instance = lambda one: f"{one.site} · {one.code}" if several else one.code
        resource.widget.attrs["data-choose"] = ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        space, site = said.get("resource"), said.get("site")
        if space and site and space.site_id != site.pk:
            self.add_error("resource", _("This space is on another site."))
        return said


class RightForm(PeriodForm):
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple, initial=list(range(7))
    )
    begins = ClockField(label=_("From (hour)"), required=False)
    ends = ClockField(label=_("Until (hour)"), required=False, help_text=_("Both empty: the whole day."))

    class Meta:
        model = DoorRight
        fields = ("company", "begins", "ends")

    field_order = ("company", "first_day", "last_day", "days", "begins", "ends")

    def __init__(self, *args: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_company(self, companies, empty=_("All companies of the site"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if "days" in said:
            self.instance.weekdays = sum(1 << day for day in said["days"])
        if (said.get("begins") is None) != (said.get("ends") is None):
            self.add_error("ends", _("Write both hours, or none."))
        return said
