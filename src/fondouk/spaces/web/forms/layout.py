"""The form of a re-layout: which spaces go and when, and one row for each that comes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import TypedAmountField, TypedCountField, TypedDateField
from fondouk.spaces.actions import NewSpace
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Layout, Resource

MOST = 60
ROWS = 3


class LayoutForm(forms.Form):
    goes = forms.ModelMultipleChoiceField(
        Resource.objects.none(),
        label=_("Spaces that go"),
        help_text=_("Of one floor. Rooms that join one of them go as well."),
    )
    starts_on = TypedDateField(label=_("From"), help_text=_("The first day of the new layout."))
    reason = forms.CharField(label=_("Reason"), max_length=160)

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["goes"]
        field.queryset = spaces
        field.label_from_instance = lambda one: f"{one.site} · {one.code}"

    def layout(self) -> Layout:
        said = self.cleaned_data
        return Layout(site=said["goes"][0].site, starts_on=said["starts_on"], reason=said["reason"].strip())


class NewSpaceForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=SpaceKind.choices)
    area = TypedAmountField(
        label=_("Area (m²)"), maximum=Decimal("999999.99"), is_positive=True, required=False
    )
    capacity = TypedCountField(label=_("Capacity"), required=False)
    joins = forms.CharField(label=_("Joins"), max_length=200, required=False)

    def has_changed(self) -> bool:
        """A row where nothing was written is no space, whatever kind stands in it."""
        return any(name != "kind" for name in self.changed_data)

    def space(self) -> NewSpace:
        said = self.cleaned_data
        capacity = said["capacity"]
        return NewSpace(
            said["code"],
            said["kind"],
            said["area"],
            int(capacity) if capacity is not None else None,
            [code for code in re.split(r"\s*[+;,،]\s*", said["joins"].strip()) if code],
        )


NewSpaces = forms.formset_factory(NewSpaceForm, extra=ROWS, max_num=MOST, absolute_max=MOST)
"""The rows, as many as there are in the form that was sent."""
