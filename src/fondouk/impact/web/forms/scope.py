"""What a reader asks for: the fields stand in the address."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Stage
from fondouk.companies.models import Sector
from fondouk.impact.queries import Scope, years_known
from fondouk.impact.rules import READERS
from fondouk.lib.fields import TypedDateField
from fondouk.lib.zones import local_range
from fondouk.sites.current import sites_within_reach
from fondouk.sites.rules import reach


class ScopeForm(forms.Form):
    """Never refuses: what cannot be read counts as not asked, and is said beside its field."""

    year = forms.TypedChoiceField(
        label=_("Year"), coerce=int, required=False,
        error_messages={"invalid_choice": _("Nothing is known of the year %(value)s: another one is shown.")},
    )  # fmt: skip
    site = forms.ChoiceField(label=_("Site"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    observed_from = forms.TypedChoiceField(
        label=_("Stays observed since"), coerce=int, required=False, empty_value=None
    )
    known_on = TypedDateField(label=_("As known on"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        self.request = request
        self.today = timezone.localdate()
        years = years_known(self.today)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        begin = [(year, str(year)) for year in years[1:]]
        self.fields["observed_from"].choices = [("", _("The first")), *begin]  # type: ignore[attr-defined]
        within = reach(request.user, *READERS)
        self.sites = [site for site in sites_within_reach(request) if within.covers(site.pk)]
        self.within = within
        self.fields["site"].choices = [("", _("All")), *((site.code, str(site)) for site in self.sites)]  # type: ignore[attr-defined]
        tops = Sector.objects.filter(parent=None)
        self.fields["sector"].choices = [("", _("All")), *((one.code, one.label) for one in tops)]  # type: ignore[attr-defined]
        self.fields["stage"].choices = [("", _("All")), *Stage.choices]  # type: ignore[attr-defined]
        self.is_valid()
        if "year" not in self.cleaned_data or not self.cleaned_data["year"]:
            # The last year that is over, where there is one.
            self.cleaned_data["year"] = years[1] if len(years) > 1 else years[0]
            self.data = {**request.GET.dict(), "year": self.cleaned_data["year"]}  # type: ignore[assignment]

    def clean_known_on(self) -> date | None:
        day: date | None = self.cleaned_data["known_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come: what is known today is shown."))
        return day

    @property
    def scope(self) -> Scope:
        """Of the sites within reach of whoever asks, and no others."""
        said: dict[str, Any] = self.cleaned_data
        chosen = next((site.pk for site in self.sites if site.code == said.get("site")), None)
        if chosen is not None:
            sites: frozenset[int] | None = frozenset({chosen})
        else:
            sites = None if self.within.network else frozenset(self.within.sites)
        known_on = said.get("known_on")
        return Scope(
            said["year"],
            self.today,
            sites,
            said.get("sector") or "",
            said.get("stage") or "",
            as_of=_last_moment(known_on) if known_on and known_on < self.today else None,
            observed_from=said.get("observed_from"),
        )


def _last_moment(day: date) -> datetime:
    """Of that day at the network's clock."""
    return local_range(day, timezone.get_default_timezone_name())[1] - timedelta(microseconds=1)
