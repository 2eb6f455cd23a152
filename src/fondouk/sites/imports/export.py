"""Sites as a sheet: what they are and the phase of today. Hours, operators and past phases are no matter of
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.exporting import Exporter
from fondouk.sites.enums import Phase, Precision
from fondouk.sites.models import Site, SitePhase

from .planner import PLAIN
from .words import PHASES


class SiteExporter(Exporter):
    def headers(self) -> list[str]:
        return [self.title(code) for code in ("city", "name", "opened", "status", *PLAIN)]

    def rows(self) -> Iterator[list[Any]]:
        phases: dict[int, list[SitePhase]] = {}
        for row in SitePhase.objects.all():
            phases.setdefault(row.site_id, []).append(row)
        for site in Site.objects.defer("name_folded", "vector").order_by("pk"):
            known = phases.get(site.pk, [])
            started = [row for row in known if row.starts_on is None or row.starts_on <= self.today]
            current = (started or known)[-1] if known else None
            self.leave_out(_("Phases of a site other than that of today"), max(0, len(known) - 1))
            opened = self._opened(current) if current and current.phase == Phase.OPEN else None
            status = PHASES.word(Phase(current.phase), self.language) if current else None
            yield [site.city, site.name, opened, status, *(getattr(site, code) for code in PLAIN)]

    def _opened(self, phase: SitePhase) -> Any:
        day = phase.starts_on
        if day is None or phase.precision == Precision.DAY:
            return day
        return day.year if phase.precision == Precision.YEAR else f"{day:%m/%Y}"
