"""Forms of the inventory."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fondouk.lib.fields import TypedAmountField, TypedCountField, TypedDateField
from fondouk.sites.models import Building, Floor, Site
from fondouk.spaces.enums import Equipment, RateUnit, SpaceKind
from fondouk.spaces.models import Resource
from fondouk.spaces.places import MOST, own_places


class SpaceForm(forms.ModelForm):
    """A space with an area of its own or, on creation, one that joins others."""

    capacity = TypedCountField(
        label=_("Capacity"),
        required=False,
        help_text=_("people; of a zone whose places are given one by one, those at one place"),
    )
    area = TypedAmountField(
        label=_("Area"), maximum=Decimal("999999.99"), is_positive=True, required=False, help_text=_("m²")
    )
    building = forms.CharField(label=_("Building"), max_length=40, required=False)
    level = forms.IntegerField(
        label=_("Floor"),
        required=False,
        min_value=-9,
        max_value=99,
        help_text=_("0 is the ground floor, -1 the first basement."),
    )
    joins = forms.ModelMultipleChoiceField(
        Resource.objects.none(),
        label=_("Joins"),
        required=False,
        help_text=_("For a room made of others: its square metres are theirs and count once."),
    )

    is_pool = forms.BooleanField(
        label=_("Whoever books it is given one of the spaces that it joins"), required=False
    )
    places = TypedCountField(
        label=_("Places of a zone"),
        required=False,
        help_text=_(
            "For a zone of desks: whoever books it is given one that is free. Each is a place of its own."
        ),
    )

    equipment = forms.MultipleChoiceField(
        label=_("Equipment"),
        choices=Equipment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Resource
        fields = ["site", "code", "kind", "capacity", "equipment", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    field_order = [
        "site",
        "code",
        "kind",
        "building",
        "level",
        "area",
        "capacity",
        "joins",
        "is_pool",
        "places",
        "equipment",
        "note",
    ]

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].label = _("Site")
        self.fields["site"].empty_label = "—"
        self.fields["site"].queryset = Site.objects.visible_to(account)
        self.fields["kind"].choices = SpaceKind.choices
        editing = self.instance.pk is not None
        if editing:
            del self.fields["site"]
            del self.fields["joins"], self.fields["is_pool"]
            parts = list(self.instance.parts.all())
            if own_places(self.instance).exists():
                self.initial.setdefault("places", len(parts))
                self.fields["places"].required = True
            else:
                del self.fields["places"]
            if len(parts) != 1:
                del self.fields["area"]
            else:
                self.initial.setdefault("area", parts[0].area)
            if floor := self.instance.floor:
                self.initial.setdefault("building", floor.building.code)
                self.initial.setdefault("level", floor.level)
        else:
            self.fields["joins"].queryset = (
                Resource.objects.visible_to(account).in_use().order_by("site", "code_folded")
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        site = cleaned.get("site")
        joins = list(cleaned.get("joins") or [])
        if joins and len(joins) < 2:
            self.add_error("joins", _("A room that joins others joins two at least."))
        places = cleaned.get("places")
        if cleaned.get("is_pool") and not joins:
            self.add_error("is_pool", _("Name the spaces that it joins."))
        elif cleaned.get("is_pool") and any(room.parts.count() != 1 for room in joins):
            self.add_error(
                "joins", _("A place that is given is one space: a room that joins others is none.")
            )
        if places is not None and joins:
            self.add_error("places", _("A zone has places of its own, or joins other spaces."))
        elif places is not None and not 2 <= places <= MOST:
            self.add_error("places", _("A zone has between 2 and 200 places."))
        if joins and site and any(room.site_id != site.pk for room in joins):
            self.add_error("joins", _("These rooms are not all on the same site."))
        if cleaned.get("level") is not None and not cleaned.get("building"):
            self.add_error("building", _("Say in which building this floor is."))
        area = cleaned.get("area")
        if area is not None and area == 0:
            self.add_error("area", _("An area is greater than zero."))
        capacity = cleaned.get("capacity")
        if capacity is not None:
            cleaned["capacity"] = int(capacity)
        return cleaned

    def floor(self, site: Site) -> Floor | None:
        """The floor named, made if it is new."""
        code = self.cleaned_data.get("building")
        if not code:
            return None
        building, _made = Building.objects.get_or_create(site=site, code=code)
        floor, _made = Floor.objects.get_or_create(
            building=building, level=self.cleaned_data.get("level") or 0
        )
        return floor


class RateForm(forms.Form):
    amount = TypedAmountField(
        label=_("Rate before tax"), maximum=Decimal("9999999999.99"), help_text=_("dirhams")
    )
    unit = forms.TypedChoiceField(label=_("Unit"), choices=RateUnit.choices, coerce=int)
    since = TypedDateField(label=_("From"), help_text=_("The rate before ends on the day before."))
