"""The filters of the list of requests."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.lib.text import fold, typed_key
from fondouk.requests.enums import State
from fondouk.requests.models import Category, Request
from fondouk.sites.current import sites_within_reach

SHOWN = [
    ("late", _("Late")),
    ("mine", _("Given to me")),
    ("nobody", _("Given to nobody")),
    ("all", _("All, also those that are over")),
    *State.choices,
]


class RequestFilter(django_filters.FilterSet):
    """Those that are open, unless others are asked for."""

    q = django_filters.CharFilter(method="filter_words", label=_("Number, words, company or space"))
    show = django_filters.ChoiceFilter(
        choices=SHOWN, method="filter_shown", label=_("State"), empty_label=_("Open")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), label=_("Category"), empty_label=_("All")
    )
    site = django_filters.ChoiceFilter(field_name="site__code", label=_("Site"), empty_label=_("All"))

    class Meta:
        model = Request
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [(site.code, str(site)) for site in sites_within_reach(self.request)]
        self.filters["site"].extra["choices"] = sites

    @property
    def qs(self) -> Any:
        return super().qs if self.data.get("show") else super().qs.open()

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        typed = value.replace("\x00", "").strip()
        if (key := typed_key(typed.removeprefix("#"))) is not None:
            return rows.filter(pk=key)
        folded = fold(typed)
        return rows.filter(
            Q(title_folded__contains=folded)
            | Q(company__name_folded__contains=folded)
            | Q(resource__code_folded__contains=folded)
        )

    def filter_shown(self, rows: Any, name: str, value: str) -> Any:
        if value == "late":
            return rows.late()
        if value == "mine":
            return rows.open().filter(assignee=self.request.user.person)
        if value == "nobody":
            return rows.open().filter(assignee=None)
        return rows if value == "all" else rows.filter(state=value)
