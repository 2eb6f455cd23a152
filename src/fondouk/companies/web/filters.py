"""The filters of the list of companies: all of them in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import Kind, Stage, Status
from fondouk.companies.models import (
    Company,
    CompanyKind,
    LegalIdentity,
    Residency,
    Sector,
    SectorAssignment,
    StageAssignment,
    Stewardship,
)
from fondouk.companies.queries import possible_stewards
from fondouk.lib.text import typed_key
from fondouk.search.queries import Terms
from fondouk.sites.current import sites_within_reach

NOBODY = "none"
LOST_ZEROS = 4
"""How many leading zeros of an ICE a spreadsheet may have dropped: as `lib.identifiers.parse_ice` believes."""


class CompanyFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="filter_words", label=_("Name, activity or ICE"))
    status = django_filters.ChoiceFilter(
        choices=Status.choices, method="filter_status", label=_("Status"), empty_label=_("All")
    )
    site = django_filters.ChoiceFilter(method="filter_site", label=_("Site"), empty_label=_("All"))
    sector = django_filters.ChoiceFilter(method="filter_sector", label=_("Sector"), empty_label=_("All"))
    stage = django_filters.ChoiceFilter(
        choices=Stage.choices, method="filter_stage", label=_("Stage"), empty_label=_("All")
    )
    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, method="filter_kind", label=_("Kind"), empty_label=_("All")
    )
    steward = django_filters.CharFilter(method="filter_steward", label=_("Followed by"), widget=forms.Select)
    ice = django_filters.ChoiceFilter(
        choices=[("missing", _("Missing"))], method="filter_ice", label=_("ICE"), empty_label=_("All")
    )

    class Meta:
        model = Company
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = timezone.localdate()
        # Plain choices: one query for the sectors, none for the sites, whatever is chosen.
        sites = [(site.code, str(site)) for site in sites_within_reach(self.request)]
        self.filters["site"].extra["choices"] = sites
        self.filters["sector"].extra["choices"] = [
            (sector.code, str(sector)) for sector in Sector.objects.all()
        ]
        self.stewards = list(possible_stewards(self.request.user).values_list("pk", "name"))
        self.filters["steward"].extra["widget"] = forms.Select(
            choices=[("", _("All")), (NOBODY, _("Nobody")), *self.stewards]
        )

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        terms = Terms.of(value)
        if not terms:
            return rows
        digits = "".join(terms.words)
        if digits.isdecimal() and len(digits) >= 3:
            begins = Q(rc=digits)
            for zeros in range(LOST_ZEROS + 1):
                begins |= Q(ice__startswith="0" * zeros + digits)
            numbered = LegalIdentity.objects.filter(begins, company=OuterRef("pk"))
            return rows.filter(Q(vector=terms.query) | Exists(numbered))
        return rows.filter(vector=terms.query)

    def filter_status(self, rows: Any, name: str, value: str) -> Any:
        return rows.with_status(value, self.day)

    def filter_site(self, rows: Any, name: str, value: str) -> Any:
        stays = Residency.objects.filter(company=OuterRef("pk"), site__code=value)
        if self.data.get("status") == Status.HOSTED:
            stays = stays.filter(period__contains=self.day)
        return rows.filter(Exists(stays))

    def filter_sector(self, rows: Any, name: str, value: str) -> Any:
        assigned = SectorAssignment.objects.on(self.day).filter(company=OuterRef("pk"))
        return rows.filter(Exists(assigned.filter(Q(sector__code=value) | Q(sector__parent__code=value))))

    def filter_stage(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(
            Exists(StageAssignment.objects.on(self.day).filter(company=OuterRef("pk"), stage=value))
        )

    def filter_kind(self, rows: Any, name: str, value: str) -> Any:
        kinds = CompanyKind.objects.filter(company=OuterRef("pk"), kind=value, period__contains=self.day)
        return rows.filter(Exists(kinds))

    def filter_steward(self, rows: Any, name: str, value: str) -> Any:
        followed = Stewardship.objects.filter(company=OuterRef("pk"), period__contains=self.day)
        if value == NOBODY:
            return rows.filter(~Exists(followed))
        return rows.filter(Exists(followed.filter(person=typed_key(value) or 0)))

    def filter_ice(self, rows: Any, name: str, value: str) -> Any:
        numbered = LegalIdentity.objects.on(self.day).filter(company=OuterRef("pk")).exclude(ice="")
        return rows.filter(~Exists(numbered))
