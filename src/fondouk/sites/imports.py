"""What a row of a book means for sites."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.imports.schema import Bad, Field, Heading, SheetKind, register
from fondouk.lib.text import fold, squash
from fondouk.sites.enums import Phase
from fondouk.sites.models import Site, SitePhase

PHASES = {
    Phase.OPEN: ("ouvert", "ouverte", "actif", "en service", "en activité", "opérationnel", "open", "active", "مفتوح"),
    Phase.PLANNED: (
        "en projet", "projet", "planifié", "prévu", "à venir", "futur", "planned", "planning", "مبرمج", "مشروع",
    ),
    Phase.OPENING: ("en cours d'ouverture", "en ouverture", "ouverture prochaine", "travaux", "en travaux", "opening"),
    Phase.CLOSED: ("fermé", "fermée", "clos", "closed", "مغلق"),
}  # fmt: skip
PHASE_OF = {squash(word): phase for phase, words in PHASES.items() for word in (phase.value, *words)}


def phase(value: Any, heading: Heading) -> Phase | None:
    word = readers.text(value, heading)
    if word is None:
        return None
    if squash(word) not in PHASE_OF:
        raise Bad(
            "status", _("“%(value)s” is not a status of a site. Write planned, opening, open or closed.")
        )
    return PHASE_OF[squash(word)]


class SiteBook:
    """The sites that rows may name: those of the database, and those of the book itself.

    A site is named by its city when only one site has that city, by its name, or by its code.
    """

    SHARED = "sites"

    def __init__(self) -> None:
        self.names: dict[str, Site] = {}
        self.cities: dict[str, list[Site]] = {}
        self.all: list[Site] = []

    @classmethod
    def of(cls, context: Any) -> SiteBook:
        if cls.SHARED not in context.shared:
            book = cls()
            for site in Site.objects.all():
                book.add(site)
            context.shared[cls.SHARED] = book
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    def add(self, site: Site) -> None:
        self.all.append(site)
        for name in (site.name, site.name_ar, site.code):
            if name:
                self.names.setdefault(squash(name), site)
        for city in {squash(site.city), squash(site.city_ar)} - {""}:
            self.cities.setdefault(city, []).append(site)

    def find(self, name: str) -> Site | None:
        key = squash(name)
        if key in self.names:
            return self.names[key]
        cities = self.cities.get(key, [])
        return cities[0] if len(cities) == 1 else None

    def resolve(self, values: Values, at: str = "site") -> Site | None:
        """The site a row names. An unknown one refuses the row; none at all is the only site, where there is one."""
        name = values.get(at)
        if name is None:
            return self.all[0] if len(self.all) == 1 else None
        site = self.find(name)
        if site is None:
            values.refuse(
                "unknown site", at, _("No site is called “%(value)s”. Add it to the sites, or correct the name.")
            )
        return site


class SitePlanner(Planner):
    label_field = "name"

    def prepare(self) -> None:
        self.book = SiteBook.of(self.context)
        self.phases: dict[int, SitePhase] = {}
        for row in SitePhase.objects.all():  # in the order of the model: the latest comes last
            self.phases[row.site_id] = row
        self.accepted: set[int] = set()
        self.seen: set[str] = set()

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        name, city = values.get("name"), values.get("city")
        name, city = name or city, city or name
        if not name or not city:
            if not values.bad:
                values.refuse("missing", "name", _("A site needs a name or a city."))
            return
        if values.plan.is_refused:
            return
        if squash(name) in self.seen:
            values.refuse("duplicate", "name", _("This site stands in the book already."))
            return
        self.seen.add(squash(name))
        existing = self.book.names.get(squash(name)) or self._only_in(city, name)
        site = existing or self._new_site(name, city)
        wanted = {
            field: values.get(field)
            for field in ("address", "area", "name_ar", "city_ar")
            if values.get(field) is not None
        }
        if existing is None:
            for field, value in wanted.items():
                setattr(site, field, value)
            self.writer.create(site)
            self.book.add(site)
            self.writer.tell("sites.site_imported", site)
        else:
            for field, value in wanted.items():
                before = getattr(site, field)
                if self.writer.update(site, **{field: value}):
                    values.plan.changes.append((field, shown(before), shown(value)))
                    values.plan.touch()
        if existing is None:
            values.plan.touch(created=True)
        self._phase(site, values, is_new=existing is None)
        self.accepted.add(id(site))

    def _only_in(self, city: str, name: str) -> Site | None:
        """A site named only by its city in this row is the one of that city."""
        cities = self.book.cities.get(squash(city), [])
        return cities[0] if squash(name) == squash(city) and len(cities) == 1 else None

    def _new_site(self, name: str, city: str) -> Site:
        taken = {site.code for site in self.book.all}
        base = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in fold(city)).strip("-")[:16] or "site"
        code, number = base, 2
        while code in taken:
            code, number = f"{base}-{number}", number + 1
        return Site(name=name[:120], city=city[:80], code=code)

    def _phase(self, site: Site, values: Values, *, is_new: bool) -> None:
        opened, status = values.get("opened"), values.get("status")
        if opened is None and status is None:
            status = Phase.PLANNED if is_new else None
        if opened is None and status is None:
            return
        starts_on, precision = opened or (None, "day")
        wanted = status or (Phase.PLANNED if starts_on and starts_on > self.context.today else Phase.OPEN)
        if wanted == Phase.PLANNED and starts_on and starts_on > self.context.today:
            # A date of opening that lies ahead belongs to the phase to come.
            self._set_phase(site, values, Phase.PLANNED, None, "day", is_new=is_new)
            return
        if wanted != Phase.OPEN:
            starts_on, precision = None, "day"
        self._set_phase(site, values, wanted, starts_on, precision, is_new=is_new)

    def _set_phase(
        self, site: Site, values: Values, phase: Phase, starts_on: Any, precision: str, *, is_new: bool
    ) -> None:
        current = None if is_new else self.phases.get(site.pk)
        if current and current.phase == phase:
            if starts_on and self.writer.update(current, starts_on=starts_on, precision=precision):
                values.plan.touch()
            return
        if current and starts_on is None:
            starts_on = self.context.today
        self.writer.create(SitePhase(site=site, phase=phase, starts_on=starts_on, precision=precision))
        values.plan.touch()

    def totals(self) -> dict[str, int]:
        return {"sites": len(self.accepted)}


SITES = register(
    SheetKind(
        code="sites",
        label=_("Sites"),
        order=10,
        planner=SitePlanner,
        fields=(
            Field(
                code="name",
                label=_("Name"),
                headers=(
                    "nom du site", "site", "nom", "dénomination du site", "technopark", "site name", "park",
                    "اسم الموقع", "الموقع",
                ),
                read=readers.text,
            ),
            Field(
                code="name_ar",
                label=_("Name in Arabic"),
                headers=("nom en arabe", "nom arabe", "name in arabic", "الاسم بالعربية"),
                read=readers.text,
            ),
            Field(
                code="city",
                label=_("City"),
                headers=("ville", "city", "localité", "commune", "المدينة"),
                read=readers.text,
                weight=2,
                required=True,
            ),
            Field(
                code="city_ar",
                label=_("City in Arabic"),
                headers=("ville en arabe", "ville arabe", "city in arabic", "المدينة بالعربية"),
                read=readers.text,
            ),
            Field(
                code="opened",
                label=_("Opened"),
                headers=(
                    "ouverture", "date d'ouverture", "année d'ouverture", "ouvert en", "ouvert le", "mise en service",
                    "opening", "opened", "opening date", "opening year", "تاريخ الافتتاح", "سنة الافتتاح", "الافتتاح",
                ),
                read=readers.day_or_year,
                weight=2,
            ),
            Field(
                code="status",
                label=_("Status"),
                headers=("statut", "état", "situation", "status", "state", "الحالة", "الوضعية"),
                read=phase,
            ),
            Field(
                code="address",
                label=_("Address"),
                headers=("adresse", "address", "العنوان"),
                read=readers.text,
            ),
            Field(
                code="area",
                label=_("Area"),
                headers=("surface", "surface totale", "superficie", "area", "total area", "المساحة"),
                read=readers.area,
            ),
        ),
    )
)
