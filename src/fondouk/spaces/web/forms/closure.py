"""The form of a closure: which spaces, from when to when, and why."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import ClockField, TypedDateField
from fondouk.spaces.enums import ClosureKind
from fondouk.spaces.models import Closure, Resource


class ClosureForm(forms.Form):
    resources = forms.ModelMultipleChoiceField(Resource.objects.none(), label=_("Spaces"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ClosureKind.choices)
    reason = forms.CharField(label=_("Reason"), max_length=160, help_text=_("Everybody may read it."))
    day = TypedDateField(label=_("From"))
    begins = ClockField(label=_("Begins at"), required=False, help_text=_("Empty: the whole day."))
    last_day = TypedDateField(label=_("Until"), required=False, help_text=_("Empty: on the same day."))
    closes = ClockField(label=_("Ends at"), required=False)

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["resources"]
        field.queryset = spaces
        field.label_from_instance = lambda one: f"{one.site} · {one.code}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("day")
        if day is None or self.errors:
            return cleaned
        last = cleaned.get("last_day") or day
        begins, closes = cleaned.get("begins") or time(0), cleaned.get("closes")
        self.starts = datetime.combine(day, begins)
        self.ends = (
            datetime.combine(last, closes) if closes else datetime.combine(last + timedelta(days=1), time(0))
        )
        if self.ends <= self.starts:
            self.add_error("closes" if closes and last == day else "last_day", _("It ends before it starts."))
        if len({one.site_id for one in cleaned.get("resources", [])}) > 1:
            self.add_error("resources", _("These spaces are not all on the same site."))
        return cleaned

    def closure(self) -> Closure:
        said = self.cleaned_data
        return Closure(
            site=said["resources"][0].site,
            kind=said["kind"],
            reason=said["reason"].strip(),
            starts=self.starts,
            ends=self.ends,
        )
