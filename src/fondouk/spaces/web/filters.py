"""The filters of the inventory."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from fondouk.lib.text import fold
from fondouk.sites.current import sites_within_reach
from fondouk.sites.models import Floor, Site
from fondouk.spaces.enums import SpaceKind
from fondouk.spaces.models import Resource


class SpaceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_code", label=_("Number or name"))
    site = django_filters.ModelChoiceFilter(
        queryset=Site.objects.none(), to_field_name="code", label=_("Site"), empty_label=_("All")
    )
    floor = django_filters.ModelChoiceFilter(
        queryset=Floor.objects.none(), label=_("Floor"), empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(choices=SpaceKind.choices, label=_("Kind"), empty_label=_("All"))
    min_capacity = django_filters.NumberFilter(
        field_name="capacity", lookup_expr="gte", label=_("Capacity from"), min_value=0, max_value=100_000
    )

    class Meta:
        model = Resource
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [site.pk for site in sites_within_reach(self.request)]
        chosen = [site.pk for site in sites_within_reach(self.request) if site.code == self.data.get("site")]
        self.filters["site"].queryset = Site.objects.filter(pk__in=sites)
        self.filters["floor"].queryset = Floor.objects.filter(
            building__site__in=chosen or sites
        ).select_related("building")

    def filter_code(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(code_folded__contains=fold(value.replace("\x00", "")))
