"""What a row of a sheet of sites does."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports.planning import Planner, Values
from fondouk.imports.recognition import ReadSheet
from fondouk.lib.text import fold
from fondouk.sites.enums import Phase, Precision
from fondouk.sites.models import Site, SitePhase

from .book import SiteBook, key_of

PLAIN = (
    "name_ar",
    "city_ar",
    "address",
    "commune",
    "area",
    "description_fr",
    "description_ar",
    "description_en",
)


class SitePlanner(Planner):
    label_field = "name"

    def prepare(self) -> None:
        self.book = SiteBook.of(self.context)
        self.phases: dict[int, list[SitePhase]] = {}
        for row in SitePhase.objects.all():
            self.phases.setdefault(row.site_id, []).append(row)
        self.accepted: set[int] = set()
        self.seen: set[str] = set()
        self.codes = {site.code for site in self.book.all}

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        name, city = values.get("name"), values.get("city")
        name, city = name or city, city or name
        if values.plan.is_refused:
            return
        if not name or not key_of(name) or not city:
            values.refuse("missing", "name", _("A site needs a name or a city."))
            return
        existing = self.book.names.get(key_of(name)) or self._only_in(city, name)
        is_seen = key_of(name) in self.seen or (existing is not None and id(existing) in self.accepted)
        if is_seen:
            values.refuse("duplicate", "name", _("This site stands in the book already."))
            return
        site = existing or self._new_site(name, city, values)
        if existing is not None:
            wanted = {field: values.get(field) for field in PLAIN if values.get(field) is not None}
            values.change(self.writer, site, **wanted)
        self._phase(site, values, is_new=existing is None)
        self.accepted.add(id(site))
        self.seen.add(key_of(name))

    def _only_in(self, city: str, name: str) -> Site | None:
        """A site named only by its city in this row is the one of that city, unless another row named that one."""
        cities = self.book.in_city(key_of(city))
        if key_of(name) != key_of(city) or len(cities) != 1 or id(cities[0]) in self.accepted:
            return None
        return cities[0]

    def _new_site(self, name: str, city: str, values: Values) -> Site:
        site = Site(name=name, city=city[:80], code=self._code(city))
        for field in PLAIN:
            if values.get(field) is not None:
                setattr(site, field, values.get(field))
        self.writer.create(site)
        self.book.add(site)
        self.writer.tell("sites.site_imported", site)
        values.plan.touch(created=True)
        return site

    def _code(self, city: str) -> str:
        letters = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in fold(city))
        base = letters.strip("-")[:12].strip("-") or "site"
        code, number = base, 2
        while code in self.codes:
            code, number = f"{base}-{number}", number + 1
        self.codes.add(code)
        return code

    def _phase(self, site: Site, values: Values, *, is_new: bool) -> None:
        opened, status = values.get("opened"), values.get("status")
        if opened is None and status is None:
            if not is_new:
                return
            status = Phase.PLANNED
        starts_on, precision = opened or (None, Precision.DAY)
        is_ahead = starts_on is not None and starts_on > self.context.today
        wanted = status or (Phase.PLANNED if is_ahead else Phase.OPEN)
        if wanted == Phase.OPEN and is_ahead:
            values.warn(
                "dates", "opened", _("The row says open, but the opening lies ahead: it opens on that day.")
            )
        elif wanted != Phase.OPEN and starts_on is not None:
            # The date of opening belongs to another phase than the one of today.
            values.warn("dates", "opened", _("The site is not open: its opening date is not kept."))
            starts_on, precision = None, Precision.DAY
        self._set_phase(site, values, wanted, starts_on, precision, is_new=is_new)

    def _set_phase(
        self,
        site: Site,
        values: Values,
        phase: Phase,
        starts_on: date | None,
        precision: Any,
        *,
        is_new: bool,
    ) -> None:
        known = [] if is_new else self.phases.get(site.pk, [])
        started = [row for row in known if row.starts_on is None or row.starts_on <= self.context.today]
        current = started[-1] if started else None
        if current is not None and current.phase == phase:
            if starts_on is not None and not any(
                row.starts_on == starts_on for row in known if row is not current
            ):
                values.change(self.writer, current, starts_on=starts_on, precision=precision)
            return
        if current is not None and starts_on is None:
            starts_on = self.context.today
        same_day = next((row for row in known if row.starts_on == starts_on), None)
        if same_day is not None:
            values.change(self.writer, same_day, phase=phase, precision=precision)
            return
        if (
            current is not None
            and starts_on is not None
            and current.starts_on is not None
            and starts_on < current.starts_on
        ):
            # It would stand in the past, behind what the database says of today.
            values.warn("dates", "opened", _("A later phase of this site is known: it stays as it is."))
            return
        self.writer.create(SitePhase(site=site, phase=phase, starts_on=starts_on, precision=precision))
        values.plan.changes.append(("phase", current.phase if current else "", phase.value))
        values.plan.touch()

    def totals(self) -> dict[str, int]:
        return {"sites": len(self.accepted)}
