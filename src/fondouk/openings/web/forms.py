"""Forms of the plan of an opening."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import TypedAmountField, TypedCountField, TypedDateField
from fondouk.openings.models import Opening, OpeningStep, PlannedSpace
from fondouk.people.models import Person
from fondouk.spaces.enums import SpaceKind

AHEAD = timedelta(days=365 * 10)


class DayForm(forms.Form):
    """When the site opens."""

    opens_on = TypedDateField(label=_("Opens on"))

    def clean_opens_on(self) -> date:
        day: date = self.cleaned_data["opens_on"]
        today = timezone.localdate()
        if not today < day <= today + AHEAD:
            raise ValidationError(_("Choose a day to come, within ten years."))
        return day


class MoveForm(DayForm):
    with_steps = forms.BooleanField(
        label=_("Move the steps that are not done by as many days"), required=False, initial=True
    )


class AssumptionsForm(forms.Form):
    demand = TypedCountField(
        label=_("Demand, in per cent of that of the sites opened before"),
        help_text=_("100: as many companies come as came there in the same year of their life."),
    )
    years = TypedCountField(label=_("Years ahead"))

    def clean_demand(self) -> int:
        return _between(self.cleaned_data["demand"], 10, 300, _("From 10 to 300 per cent."))

    def clean_years(self) -> int:
        return _between(self.cleaned_data["years"], 1, 10, _("From 1 to 10 years."))

    @staticmethod
    def known(opening: Opening) -> dict[str, Any]:
        return {"demand": opening.demand, "years": opening.years}


def _between(value: Any, least: int, most: int, refusal: Any) -> int:
    if value is None or not least <= value <= most:
        raise ValidationError(refusal)
    return int(value)


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    due_on = TypedDateField(label=_("To be done by"), required=False)

    class Meta:
        model = OpeningStep
        fields = ("title", "due_on", "owner")

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners | Person.objects.filter(pk=self.instance.owner_id)
        owner.empty_label = _("Nobody yet")
        if self.instance.code:
            self.fields["title"].help_text = _("Left empty: %(usual)s") % {
                "usual": OpeningStep(code=self.instance.code)
            }

    def _post_clean(self) -> None:
        self.instance = forms.models.construct_instance(self, self.instance, list(self.fields))


class PlannedSpaceForm(forms.Form):
    """One kind; without a number of spaces it is not planned."""

    count = TypedCountField(label=_("Spaces"), required=False)
    places = TypedCountField(label=_("Places"), required=False)
    area = TypedAmountField(label=_("Area"), required=False)

    def __init__(self, *args: Any, kind: SpaceKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            field.widget.attrs["size"] = 6

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        count = cleaned.get("count")
        if count is not None and count > 2000:
            self.add_error("count", _("From 1 to 2,000 spaces."))
        if not count and "count" not in self.errors and (cleaned.get("places") or cleaned.get("area")):
            self.add_error("count", _("Say how many spaces they are."))
        if (cleaned.get("places") or 0) > 100_000:
            self.add_error("places", _("This is too large to be true."))
        if (cleaned.get("area") or 0) > 9_999_999:
            self.add_error("area", _("This is too large to be true."))
        return cleaned

    def planned(self) -> PlannedSpace | None:
        given = self.cleaned_data
        if not given.get("count"):
            return None
        places = given.get("places")
        return PlannedSpace(
            kind=self.kind,
            count=int(given["count"]),
            places=int(places) if places is not None else None,
            area=given.get("area") or None,
        )
