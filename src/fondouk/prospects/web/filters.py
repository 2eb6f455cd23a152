"""The filters of the list of prospects."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.text import fold
from fondouk.prospects.enums import Purpose
from fondouk.prospects.models import Prospect, Tour
from fondouk.sites.current import sites_within_reach

STATES = [
    ("open", _("Open")),
    ("new", _("Followed by nobody")),
    ("mine", _("Followed by me")),
    ("due", _("To be contacted again")),
    ("tour", _("Tour wished for or planned")),
    ("closed", _("Closed")),
]


class ProspectFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_words", label=_("Name, organisation or address"))
    state = django_filters.ChoiceFilter(
        choices=STATES, method="filter_state", label=_("State"), empty_label=_("All")
    )
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, label=_("Purpose"), empty_label=_("All"))
    site = django_filters.ChoiceFilter(field_name="site__code", label=_("Site"), empty_label=_("All"))

    class Meta:
        model = Prospect
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [(site.code, str(site)) for site in sites_within_reach(self.request)]
        self.filters["site"].extra["choices"] = sites

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        typed = value.replace("\x00", "").strip()
        folded = fold(typed)
        return rows.filter(
            Q(name_folded__contains=folded)
            | Q(organisation_folded__contains=folded)
            | Q(email__icontains=typed)
            | Q(phone__contains=typed)
        )

    def filter_state(self, rows: Any, name: str, value: str) -> Any:
        if value == "new":
            return rows.open().filter(steward=None)
        if value == "mine":
            return rows.open().filter(steward=self.request.user.person)
        if value == "due":
            return rows.to_speak_to(timezone.localdate())
        if value == "tour":
            return rows.filter(Exists(Tour.objects.live().filter(prospect=OuterRef("pk"))))
        return rows.open() if value == "open" else rows.exclude(outcome="")
