"""Contracts as a sheet: one row a line. A contract without lines says nothing of a space and is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from fondouk.companies.models import Company, LegalIdentity
from fondouk.contracts.enums import Occupancy
from fondouk.contracts.models import Contract, ContractLine
from fondouk.imports.exporting import Exporter
from fondouk.sites.models import Site

from .book import DAY
from .words import OCCUPANCIES

COLUMNS = (
    *("reference", "company", "ice", "site", "space", "start", "end"),
    *("rent", "deposit", "terminated", "occupancy", "places"),
)
CHUNK = 1000


class ContractExporter(Exporter):
    def headers(self) -> list[str]:
        return [self.title(code) for code in COLUMNS]

    def rows(self) -> Iterator[list[Any]]:
        self.sites = dict(Site.objects.values_list("pk", "name"))
        self.ices = dict(
            LegalIdentity.objects.on(self.today).exclude(ice="").values_list("company_id", "ice")
        )
        self.names = dict(Company.objects.standing().values_list("pk", "name"))
        contracts = (
            Contract.objects.defer("reference_folded")
            .select_related("termination")
            .prefetch_related(
                Prefetch(
                    "lines",
                    ContractLine.objects.binding().select_related("resource").order_by("period", "pk"),
                )
            )
            .order_by("pk")
        )
        for contract in contracts.iterator(chunk_size=CHUNK):
            lines = list(contract.lines.all())
            if contract.company_id not in self.names or not lines:
                self.leave_out(_("Contracts without lines, or of a company that was merged"))
                continue
            for line in lines:
                yield self._row(contract, line)

    def _row(self, contract: Contract, line: ContractLine) -> list[Any]:
        termination = getattr(contract, "termination", None)
        last = line.period.upper - DAY if line.period.upper else None
        if termination is not None and (last is None or last >= termination.on):
            last = (
                contract.ends_on
            )  # what it was signed for: it ends on the day of the termination all the same
        is_usual = line.currency == contract.currency == "MAD"
        self.leave_out(_("Lines in other currencies"), not is_usual)
        return [
            contract.reference,
            self.names[contract.company_id],
            self.ices.get(contract.company_id),
            self.sites[line.resource.site_id],
            line.resource.code,
            line.period.lower,
            last,
            line.rent if is_usual else None,
            contract.deposit if is_usual else None,
            termination.on if termination else None,
            OCCUPANCIES.word(Occupancy(line.occupancy), self.language),
            line.places,
        ]
