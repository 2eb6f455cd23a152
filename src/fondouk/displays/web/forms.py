"""Forms of displays."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.actions.booking import TITLE
from fondouk.companies.models import Company
from fondouk.displays.models import Display
from fondouk.lib.local import read_local


class DisplayForm(forms.ModelForm):
    class Meta:
        model = Display
        fields = ("language", "may_book")


class NowForm(forms.Form):
    """Taking a room from this minute on: until when, what for, for which of one's companies.

    A choice says since when, until when and what its reader was told that it costs: the minute of the page holds, not that
    of the answer.
    """

    ends = forms.CharField(label=_("Until"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("What for"), max_length=TITLE)
    company = forms.ModelChoiceField(Company.objects.none(), label=_("Company"), empty_label=None)

    def __init__(self, *args: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        company: Any = self.fields["company"]
        company.queryset = companies
        company.label_from_instance = lambda one: one.label
        count = len(companies)
        if count == 0:
            del self.fields["company"]
        elif count == 1:
            company.widget = forms.HiddenInput()
            company.initial = companies[0]

    def offer(self, choices: Any) -> None:
        """What there is to choose, of `(value, label)`; the first unless another is chosen."""
        ends: Any = self.fields["ends"]
        ends.widget.choices = choices
        if choices:
            ends.initial = choices[0][0]

    @staticmethod
    def choice(starts: datetime, ends: datetime, total: Decimal) -> str:
        return f"{starts.isoformat()}|{ends.isoformat()}|{total}"

    def clean_ends(self) -> tuple[datetime, datetime, Decimal]:
        starts, ends, total = [*self.cleaned_data["ends"].split("|"), "", ""][:3]
        first, last = read_local(starts), read_local(ends)
        try:
            cost = Decimal(total)
        except InvalidOperation:
            cost = Decimal("NaN")
        if first is None or last is None or not cost.is_finite():
            raise forms.ValidationError(_("Choose until when."))
        return first.replace(tzinfo=None), last.replace(tzinfo=None), cost
