"""The filters of the inventory."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.text import fold
from fondouk.sites.current import sites_within_reach
from fondouk.sites.models import Floor
from fondouk.spaces.enums import Equipment, SpaceKind
from fondouk.spaces.models import Resource


class SpaceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_code", label=_("Number or name"))
    site = django_filters.ChoiceFilter(field_name="site__code", label=_("Site"), empty_label=_("All"))
    floor = django_filters.ChoiceFilter(field_name="floor", label=_("Floor"), empty_label=_("All"))
    kind = django_filters.ChoiceFilter(choices=SpaceKind.choices, label=_("Kind"), empty_label=_("All"))
    min_capacity = django_filters.NumberFilter(
        field_name="capacity", lookup_expr="gte", label=_("Capacity from"), min_value=0, max_value=100_000
    )

    equipment = django_filters.ChoiceFilter(
        choices=Equipment.choices,
        method="filter_equipment",
        label=_("Equipment"),
        empty_label=_("Any"),
    )
    use = django_filters.ChoiceFilter(
        choices=[("coming", _("To come")), ("withdrawn", _("Out of use")), ("all", _("All"))],
        method="filter_use",
        label=_("Use"),
        empty_label=_("In use"),
    )

    class Meta:
        model = Resource
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_within_reach(self.request)
        self.filters["site"].extra["choices"] = [(site.code, str(site)) for site in sites]
        chosen = [site for site in sites if site.code == self.data.get("site") or len(sites) == 1]
        # Floors of all sites together would be hundreds: they are for one site.
        floors = Floor.objects.filter(building__site__in=chosen).select_related("building") if chosen else []
        self.filters["floor"].extra["choices"] = [
            (floor.pk, f"{floor.building} · {floor.label}") for floor in floors
        ]
        if not floors:
            del self.filters["floor"]

    @property
    def qs(self) -> Any:
        """Those in use, unless others are asked for."""
        return super().qs if self.data.get("use") in ("coming", "withdrawn", "all") else super().qs.in_use()

    def filter_equipment(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(equipment__contains=[value])

    def filter_use(self, rows: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        if value == "coming":
            return rows.lasting(today).filter(in_use_from__gt=today)
        return rows.filter(withdrawn_on__lte=today) if value == "withdrawn" else rows

    def filter_code(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(code_folded__contains=fold(value.replace("\x00", "")))
