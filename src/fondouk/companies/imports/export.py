"""Companies as a sheet: one row each, with today's identity, sector, stage and owner, and its figures by
year.

The stay of today, or else the latest, has columns of its own; all others stand line by line under "other
stays". What a row cannot hold is counted and left out: past identities, sectors and stages, other members of
the team, figures of other periods than whole years. Kinds, groups, stewards, documents and notes are no
matter of a workbook.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import MONEY_INDICATORS, Indicator, LegalForm, MemberRole, Mode, Stage, Status
from fondouk.companies.models import Company, Figure, Membership, Residency, SectorAssignment
from fondouk.imports.exporting import Exporter
from fondouk.sites.models import Site

from .book import is_year
from .stays import stay_line
from .words import FORMS, MODES, STAGES, STATUSES

BEFORE = (
    *("name", "name_ar", "legal_name", "legal_form", "ice", "rc", "rc_court", "if_number", "cnss", "tp"),
    *("sector", "activity", "stage", "incorporated_on"),
    *("status", "site", "mode", "entry", "exit", "stays"),
)
AFTER = ("manager", "email", "phone", "website")
CHUNK = 1000
DAY = timedelta(days=1)


class CompanyExporter(Exporter):
    def headers(self) -> list[str]:
        self.columns = self._figure_columns()
        figures = [
            self.title(indicator.value, f"{year} (DH)" if indicator in MONEY_INDICATORS else str(year))
            for indicator, year in self.columns
        ]
        return [*(self.title(code) for code in BEFORE), *figures, *(self.title(code) for code in AFTER)]

    def _figure_columns(self) -> list[tuple[Indicator, int]]:
        years = Figure.objects.standing().values_list("indicator", "period").distinct()
        found = {(Indicator(code), period.lower.year) for code, period in years if is_year(period)}
        order = list(Indicator)
        return sorted(found, key=lambda column: (column[1], order.index(column[0])))

    def rows(self) -> Iterator[list[Any]]:
        self.sites = dict(Site.objects.values_list("pk", "name"))
        companies = (
            Company.objects.standing()
            .defer("name_folded", "vector")
            .order_by("pk")
            .prefetch_related(
                "identities",
                "stage_assignments",
                Prefetch("sector_assignments", SectorAssignment.objects.select_related("sector")),
                Prefetch("residencies", Residency.objects.order_by("period", "pk")),
                Prefetch("memberships", Membership.objects.select_related("person").order_by("pk")),
                Prefetch("figures", Figure.objects.standing()),
            )
        )
        for company in companies.iterator(chunk_size=CHUNK):
            yield self._row(company)

    def _row(self, company: Any) -> list[Any]:
        identity = self._today(company.identities.all(), _("Past or future legal identities"))
        sector = self._today(company.sector_assignments.all(), _("Past or future sectors"))
        stage = self._today(company.stage_assignments.all(), _("Past or future stages"))
        legal_name = identity.legal_name if identity and identity.legal_name != company.name else None
        return [
            company.name,
            company.name_ar,
            legal_name,
            FORMS.word(LegalForm(identity.legal_form), self.language)
            if identity and identity.legal_form
            else None,
            *(
                (identity.ice, identity.rc, identity.rc_court, identity.if_number, identity.cnss, identity.tp)
                if identity
                else itertools.repeat(None, 6)
            ),
            self._sector(sector),
            company.activity,
            STAGES.word(Stage(stage.stage), self.language) if stage else None,
            identity.incorporated_on if identity else None,
            *self._stay(company),
            *self._figures(company),
            self._owner(company),
            company.email,
            company.phone,
            company.website,
        ]

    def _today(self, records: Any, what: Any) -> Any:
        current = next((record for record in records if self.today in record.period), None)
        self.leave_out(what, len(records) - (current is not None))
        return current

    def _sector(self, assignment: SectorAssignment | None) -> str | None:
        if assignment is None:
            return None
        sector = assignment.sector
        return getattr(sector, f"name_{self.language}", "") or sector.name_fr or sector.code

    def _stay(self, company: Any) -> list[Any]:
        """Status, site, mode, entry, leaving date, and the other stays."""
        stays = list(company.residencies.all())
        if not stays:
            return [STATUSES.word(Status.OUTSIDE, self.language), *[None] * 5]
        main = next((stay for stay in stays if self.today in stay.period), stays[-1])
        lower, upper = main.period.lower, main.period.upper
        if self.today in main.period:
            status = Status.HOSTED
        else:
            status = Status.EXPECTED if lower and lower > self.today else Status.ALUMNI
        others = [
            stay_line(stay, self.sites[stay.site_id], self.language) for stay in stays if stay is not main
        ]
        return [
            STATUSES.word(status, self.language),
            self.sites[main.site_id],
            MODES.word(Mode(main.mode), self.language),
            lower,
            upper - DAY if upper else None,
            "\n".join(others) or None,
        ]

    def _figures(self, company: Any) -> list[Any]:
        values = {}
        for figure in company.figures.all():
            if is_year(figure.period):
                values[figure.indicator, figure.period.lower.year] = figure.value
            else:
                self.leave_out(_("Figures of other periods than whole years"))
        return [values.get((indicator.value, year)) for indicator, year in self.columns]

    def _owner(self, company: Any) -> str | None:
        team = [member for member in company.memberships.all() if self.today in member.period]
        owners = [member for member in team if member.role == MemberRole.OWNER]
        self.leave_out(_("Other members of a team"), len(team) - bool(owners))
        # The last to come is who is in charge now.
        return owners[-1].person.name if owners else None
