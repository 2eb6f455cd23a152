"""What a row of a book means for spaces."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.imports.schema import Bad, Field, Heading, SheetKind, register
from fondouk.lib.text import fold, squash
from fondouk.sites.imports import SiteBook
from fondouk.sites.models import Building, Floor, Site
from fondouk.spaces.enums import RateUnit, SpaceKind
from fondouk.spaces.models import Part, Resource, ResourcePart, ResourceRate

KIND_WORDS = {
    SpaceKind.STARTUP_OFFICE: ("bureau startup", "bureau start-up", "bureau jeune pousse", "startup", "startup office", "مكتب ناشئة"),
    SpaceKind.SME_OFFICE: ("bureau pme", "bureau pme/pmi", "pme", "sme office", "bureau entreprise", "مكتب مقاولة"),
    SpaceKind.OFFICE: ("bureau", "bureau équipé", "bureau privatif", "bureau fermé", "office", "private office", "مكتب"),
    SpaceKind.FLOOR_PLATE: ("plateau", "plateau de bureaux", "plateau bureau", "open space", "open floor", "floor plate"),
    SpaceKind.COWORKING: ("coworking", "co-working", "espace coworking", "espace de coworking", "poste de travail", "bureau partagé", "فضاء مشترك"),
    SpaceKind.MEETING_ROOM: ("salle de réunion", "salle réunion", "réunion", "salle", "meeting room", "meeting", "boardroom", "قاعة اجتماعات", "قاعة"),
    SpaceKind.TRAINING_ROOM: ("salle de formation", "formation", "salle de cours", "training room", "classroom", "قاعة تكوين"),
    SpaceKind.AMPHITHEATRE: ("amphithéâtre", "amphi", "auditorium", "salle de conférence", "conférence", "amphitheatre", "مدرج"),
    SpaceKind.HALL: ("hall", "hall d'exposition", "espace événementiel", "showroom", "exhibition hall", "event space", "بهو"),
    SpaceKind.LAB: ("laboratoire", "labo", "lab", "fablab", "atelier", "workshop", "laboratory", "مختبر"),
    SpaceKind.STUDIO: ("studio", "studio d'enregistrement", "استوديو"),
    SpaceKind.BOOTH: ("cabine", "box", "cabine téléphonique", "phone booth", "booth", "مقصورة"),
    SpaceKind.STORAGE: ("stockage", "réserve", "local technique", "archives", "dépôt", "storage", "مخزن"),
    SpaceKind.OTHER: ("autre", "divers", "other", "cafétéria", "restaurant"),
}  # fmt: skip
KIND_OF = {squash(word): kind for kind, words in KIND_WORDS.items() for word in (kind.value, *words)}
GROUND = {squash(word) for word in ("RDC", "rez-de-chaussée", "rez de chaussee", "rez", "ground", "ground floor", "G", "GF", "الطابق الأرضي", "الأرضي", "0")}  # fmt: skip
FLOOR = re.compile(r"^(?:etage|niveau|level|floor|et|niv|r\+|r|n|الطابق)?(-?\d{1,2})(?:er|e|eme|ere|nd|st|rd|th)?(?:etage|niveau|floor)?$")
BASEMENT = re.compile(r"^(?:ss|soussol|basement|b)(\d{0,2})$")
COMBINED = re.compile(r"^(?P<stem>.*?)(?P<letters>[^\s+&]+(?:\s*[+&]\s*[^\s+&]+)+)$")


def space_kind(value: Any, heading: Heading) -> SpaceKind | None:
    word = readers.text(value, heading)
    if word is None:
        return None
    squashed = squash(word)
    if squashed in KIND_OF:
        return KIND_OF[squashed]
    # "Bureau startup 12 m²", "Salle de réunion (modulable)": the longest known beginning.
    known = [name for name in KIND_OF if len(name) > 3 and squashed.startswith(name)]
    return KIND_OF[max(known, key=len)] if known else SpaceKind.OTHER


def floor_level(value: Any, heading: Heading) -> int | None:
    """`RDC` is 0, `SS1` is -1, `2ème étage` is 2."""
    word = readers.text(value, heading)
    if word is None:
        return None
    squashed = squash(word)
    if squashed in GROUND:
        return 0
    if found := BASEMENT.match(squashed):
        return -int(found[1] or 1)
    compact = fold(word).replace(" ", "").replace("°", "").replace("ᵉ", "e")
    if found := FLOOR.match(compact):
        return int(found[1])
    raise Bad("floor", _("“%(value)s” is not a floor. Write RDC, 1, 2 or SS1."))


def combined_codes(code: str) -> list[str]:
    """The codes of the rooms that "Salle A+B" would join: "Salle A" and "Salle B"; none for a plain room."""
    found = COMBINED.match(code)
    if not found:
        return []
    pieces = [piece.strip() for piece in re.split(r"[+&]", found["letters"])]
    return [f"{found['stem']}{piece}" for piece in pieces]


class SpaceBook:
    """The spaces that rows may name: those of the database, and those of the book itself."""

    SHARED = "spaces"

    def __init__(self) -> None:
        self.at_site: dict[tuple[int, str], Resource] = {}
        self.anywhere: dict[str, list[Resource]] = {}

    @classmethod
    def of(cls, context: Any) -> SpaceBook:
        if cls.SHARED not in context.shared:
            book = cls()
            sites = {site.pk: site for site in SiteBook.of(context).all}
            for resource in Resource.objects.all():
                # One object a site for the whole book: rows compare them by identity.
                resource.site = sites.get(resource.site_id) or resource.site
                book.add(resource)
            context.shared[cls.SHARED] = book
        return context.shared[cls.SHARED]  # type: ignore[no-any-return]

    def add(self, resource: Resource) -> None:
        key = squash_code(resource.code)
        self.at_site[id(resource.site), key] = resource
        self.anywhere.setdefault(key, []).append(resource)

    def find(self, code: str, site: Site | None) -> Resource | None:
        """On `site` when it is known; else the only space of the network with this code."""
        if site is not None and (found := self.at_site.get((id(site), squash_code(code)))):
            return found
        everywhere = self.anywhere.get(squash_code(code), [])
        return everywhere[0] if len(everywhere) == 1 else None


def squash_code(code: str) -> str:
    """`C 1006` and `c-1006` are one code; `A+B` is not `AB`."""
    return re.sub(r"[\s\-_./]", "", fold(code))


class SpacePlanner(Planner):
    label_field = "code"

    def prepare(self) -> None:
        self.sites = SiteBook.of(self.context)
        self.book = SpaceBook.of(self.context)
        self.buildings: dict[tuple[int, str], Building] = {}
        self.floors: dict[tuple[int, int], Floor] = {}
        by_id = {site.pk: site for site in self.sites.all}
        buildings_by_id = {}
        for building in Building.objects.all():
            self.buildings[id(by_id[building.site_id]), squash(building.code)] = building
            buildings_by_id[building.pk] = building
        self.floor_of: dict[int, Floor] = {}
        for floor in Floor.objects.all():
            floor.building = buildings_by_id[floor.building_id]
            self.floors[id(floor.building), floor.level] = floor
            self.floor_of[floor.pk] = floor
        self.parts: dict[int, list[Part]] = {}
        parts = {part.pk: part for part in Part.objects.all()}
        resources = {resource.pk: resource for resource in self.book.at_site.values()}
        for link in ResourcePart.objects.all():
            self.parts.setdefault(id(resources[link.resource_id]), []).append(parts[link.part_id])
        self.rates: dict[int, ResourceRate] = {}
        for rate in ResourceRate.objects.on(self.context.today).filter(unit=RateUnit.SQUARE_METRE_MONTH):
            self.rates[id(resources[rate.resource_id])] = rate
        self.seen: set[int] = set()
        self.accepted: list[Resource] = []
        self.joins: list[tuple[Resource, list[str], Values]] = []

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        code = values.get("code")
        if not code:
            values.refuse("missing", "code", _("A space needs a number or a name."))
            return
        site = self.sites.resolve(values)
        if site is None and not values.plan.is_refused:
            values.refuse("unknown site", "site", _("Say on which site this space is."))
        if values.plan.is_refused or site is None:
            return
        existing = self.book.at_site.get((id(site), squash_code(code)))
        if existing is not None and id(existing) in self.seen:
            values.refuse("duplicate", "code", _("The space “%(value)s” stands in the book already for this site."))
            return
        if values.get("kind") == SpaceKind.OTHER and squash(str(values.raw.get("kind"))) not in KIND_OF:
            values.warn("kind", "kind", _("“%(value)s” is no known kind of space: it is kept as “other”."))
        resource = existing or Resource(site=site, code=code[:80], kind=values.get("kind") or SpaceKind.OFFICE)
        self.seen.add(id(resource))
        self.accepted.append(resource)
        floor = self._floor(site, values)
        wanted: dict[str, Any] = {
            "kind": values.get("kind"),
            "capacity": values.get("capacity"),
            "note": values.get("note"),
            "floor": floor,
        }
        wanted = {name: value for name, value in wanted.items() if value is not None}
        if existing is None:
            for name, value in wanted.items():
                setattr(resource, name, value)
            self.writer.create(resource)
            self.book.add(resource)
            values.plan.touch(created=True)
        else:
            self._change(resource, values, wanted)
        joined = values.get("made_of") or combined_codes(code)
        self._parts(resource, joined, floor, values)
        self._rate(resource, values)

    def _change(self, resource: Resource, values: Values, wanted: dict[str, Any]) -> None:
        for name, value in wanted.items():
            if name == "floor" and resource.floor_id and resource.floor_id == value.pk:
                continue
            before = getattr(resource, name)
            if self.writer.update(resource, **{name: value}):
                values.plan.changes.append((name, shown(before), shown(value)))
                values.plan.touch()

    def _floor(self, site: Site, values: Values) -> Floor | None:
        code, level = values.get("building"), values.get("floor")
        if code is None and level is None:
            return None
        code = (code or "1")[:40]
        building = self.buildings.get((id(site), squash(code) or code))
        if building is None:
            building = Building(site=site, code=code)
            self.writer.create(building)
            self.buildings[id(site), squash(code) or code] = building
        floor = self.floors.get((id(building), level or 0))
        if floor is None:
            floor = Floor(building=building, level=level or 0)
            self.writer.create(floor)
            self.floors[id(building), level or 0] = floor
        return floor

    def _parts(self, resource: Resource, joined: list[str], floor: Floor | None, values: Values) -> None:
        """One part of its own, or those of the rooms it joins: they may stand further down, so `finish` settles it."""
        known = self.parts.get(id(resource))
        area = values.get("area")
        if known:
            self._check_area(resource, known, area, values)
            return
        if joined:
            self.joins.append((resource, joined, values))
        else:
            self._own_part(resource, floor, area)

    def _own_part(self, resource: Resource, floor: Floor | None, area: Decimal | None) -> None:
        part = Part(site=resource.site, floor=floor, code=resource.code, area=area)
        self.writer.create(part)
        self.writer.create(ResourcePart(resource=resource, part=part))
        self.parts[id(resource)] = [part]

    def _check_area(
        self, resource: Resource, parts: list[Part], area: Decimal | None, values: Values
    ) -> None:
        if area is None:
            return
        if len(parts) == 1:
            before = parts[0].area
            if self.writer.update(parts[0], area=area):
                values.plan.changes.append(("area", shown(before), shown(area)))
                values.plan.touch()
            return
        total = sum((part.area or Decimal(0) for part in parts), Decimal(0))
        declared = area if area != total else None
        if self.writer.update(resource, declared_area=declared):
            values.plan.touch()
        if declared is not None:
            self._warn_area(values, total)

    def _warn_area(self, values: Values, total: Decimal) -> None:
        values.warn(
            "area",
            "area",
            _("The rooms that make it up add up to %(total)s m²: that is what counts."),
            total=shown(total),
        )

    def _rate(self, resource: Resource, values: Values) -> None:
        amount = values.get("rate")
        if amount is None:
            return
        current = self.rates.get(id(resource))
        if current is not None:
            if current.amount == amount:
                return
            values.plan.changes.append(("rate", shown(current.amount), shown(amount)))
            if current.period.lower == self.context.today:
                self.writer.update(current, amount=amount)
                values.plan.touch()
                return
            self.writer.update(current, period=DateRange(current.period.lower, self.context.today))
        start: date | None = self.context.today if current is not None else None
        self.writer.create(
            ResourceRate(
                resource=resource, unit=RateUnit.SQUARE_METRE_MONTH, amount=amount, period=DateRange(start, None)
            )
        )
        values.plan.touch()

    def finish(self) -> None:
        for resource, joined, values in self.joins:
            rooms = [self.book.at_site.get((id(resource.site), squash_code(code))) for code in joined]
            parts = [part for room in rooms if room is not None for part in self.parts.get(id(room), [])]
            if None in rooms or len(parts) < 2:
                # "Recherche & Développement" is a name, not two rooms.
                self._own_part(resource, resource.floor, values.get("area"))
                continue
            unique = list({id(part): part for part in parts}.values())
            self.parts[id(resource)] = unique
            for part in unique:
                self.writer.create(ResourcePart(resource=resource, part=part))
            total = sum((part.area or Decimal(0) for part in unique), Decimal(0))
            area = values.get("area")
            if area is not None and total and area != total:
                resource.declared_area = area
                self._warn_area(values, total)

    def totals(self) -> dict[str, int]:
        combined = sum(1 for resource in self.accepted if len(self.parts.get(id(resource), [])) > 1)
        return {"spaces": len(self.accepted), "combined_rooms": combined}


def made_of(value: Any, heading: Heading) -> list[str] | None:
    """Codes of the rooms that a room joins, separated by plus signs, commas or semicolons."""
    written = readers.text(value, heading)
    if written is None:
        return None
    codes = [piece.strip() for piece in re.split(r"[+;,&]", written) if piece.strip()]
    return codes if len(codes) > 1 else None


SPACES = register(
    SheetKind(
        code="spaces",
        label=_("Spaces"),
        order=20,
        planner=SpacePlanner,
        fields=(
            Field(code="site", label=_("Site"), headers=("site", "ville", "parc", "technopark", "city", "park", "الموقع", "المدينة"), read=readers.text),
            Field(code="building", label=_("Building"), headers=("bâtiment", "bat", "bât", "immeuble", "bloc", "tour", "building", "block", "البناية", "العمارة"), read=readers.text, weight=2),
            Field(code="floor", label=_("Floor"), headers=("étage", "niveau", "floor", "level", "الطابق"), read=floor_level, weight=2),
            Field(
                code="code", label=_("Space"), required=True,
                headers=(
                    "n° espace", "espace", "numéro espace", "n° bureau", "bureau", "n° local", "local", "code espace", "code",
                    "numéro", "nom de l'espace", "désignation", "salle", "room", "room no", "space", "space no", "unit",
                    "رقم الفضاء", "الفضاء", "رقم المكتب", "المكتب",
                ),
                read=readers.text, weight=1.5,
            ),
            Field(code="kind", label=_("Kind"), headers=("type", "nature", "catégorie", "type d'espace", "usage", "kind", "category", "النوع", "الصنف"), read=space_kind, weight=1.5),
            Field(code="area", label=_("Area"), headers=("surface", "superficie", "surface utile", "s", "area", "size", "المساحة"), read=readers.area, weight=2),
            Field(code="capacity", label=_("Capacity"), headers=("capacité", "nombre de places", "places", "nb places", "postes", "capacity", "seats", "الطاقة الاستيعابية", "السعة", "المقاعد"), read=readers.count, weight=2),
            Field(
                code="rate", label=_("Rate per m² and month"),
                headers=(
                    "tarif", "tarif ht", "prix", "tarif ht dh/m²/mois", "tarif dh/m²/mois", "tarif ht m² mois", "tarif m²", "prix m²",
                    "prix au m²", "loyer m²", "dh/m²/mois", "dh/m²", "tarif ht mois", "rate", "rate per m²", "price per m²",
                    "السعر", "التعريفة", "ثمن المتر",
                ),
                read=readers.money, weight=2,
            ),
            Field(code="made_of", label=_("Made of"), headers=("composée de", "composé de", "réunit", "parties", "made of", "combines", "تتكون من"), read=made_of),
            Field(code="note", label=_("Note"), headers=("observations", "observation", "remarques", "remarque", "commentaire", "notes", "note", "comments", "ملاحظات", "ملاحظة"), read=readers.text),
        ),
    )
)  # fmt: skip
