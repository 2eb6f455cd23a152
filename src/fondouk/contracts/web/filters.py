"""The filters of the list of contracts."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.contracts.models import Contract, ContractLine
from fondouk.contracts.queries import ending_soon, over_but_hosted
from fondouk.lib.text import fold
from fondouk.sites.current import sites_within_reach

STATES = [
    ("running", _("Running")),
    ("soon", _("Ending within 60 days")),
    ("over", _("Over, company still hosted")),
    ("to_come", _("To come")),
    ("ended", _("Ended")),
]


class ContractFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_words", label=_("Reference, company or space"))
    state = django_filters.ChoiceFilter(
        choices=STATES, method="filter_state", label=_("State"), empty_label=_("All")
    )
    site = django_filters.ChoiceFilter(field_name="site__code", label=_("Site"), empty_label=_("All"))

    class Meta:
        model = Contract
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [(site.code, str(site)) for site in sites_within_reach(self.request)]
        self.filters["site"].extra["choices"] = sites

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        folded = fold(value.replace("\x00", ""))
        spaces = ContractLine.objects.filter(contract=OuterRef("pk"), resource__code_folded__contains=folded)
        return rows.filter(
            Q(reference_folded__contains=folded) | Q(company__name_folded__contains=folded) | Exists(spaces)
        )

    def filter_state(self, rows: Any, name: str, value: str) -> Any:
        day = timezone.localdate()
        if value == "running":
            return rows.running(day)
        if value == "to_come":
            return rows.filter(starts_on__gt=day)
        if value == "ended":
            return rows.filter(starts_on__lte=day).exclude(pk__in=Contract.objects.running(day).values("pk"))
        chosen = ending_soon(day) if value == "soon" else over_but_hosted(day)
        return rows.filter(pk__in=chosen.values("pk"))
