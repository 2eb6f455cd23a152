"""The columns of a sheet of spaces, under the names that people give them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.schema import Field, SheetKind, register

from .export import SpaceExporter
from .planner import SpacePlanner
from .words import floor_level, made_of, space_kind

SPACES = register(
    SheetKind(
        code="spaces",
        route="spaces",
        label=_("Spaces"),
        titles=("Espaces", "Spaces", "الفضاءات"),
        order=20,
        planner=SpacePlanner,
        exporter=SpaceExporter,
        fields=(
            Field(
                code="site", label=_("Site"), titles=("Site", "Site", "الموقع"), carries=True, read=readers.name,
                headers=("ville", "parc", "technopark", "city", "park", "location", "implantation", "المدينة"),
            ),
            Field(
                code="building", label=_("Building"), titles=("Bâtiment", "Building", "البناية"), weight=2, carries=True, limit=40,
                headers=("bat", "bât", "immeuble", "bloc", "tour", "block", "tower", "العمارة"), read=readers.name,
            ),
            Field(
                code="floor", label=_("Floor"), titles=("Étage", "Floor", "الطابق"), weight=2,
                headers=("niveau", "level", "storey"), read=floor_level,
            ),
            Field(
                code="code", label=_("Space"), titles=("N° espace", "Space no", "رقم الفضاء"), weight=1.5, limit=80, required=True,
                headers=(
                    "espace", "numéro espace", "n° bureau", "bureau", "n° local", "local", "code espace", "code bureau", "code", "numéro",
                    "nom de l'espace", "désignation", "salle", "n° salle", "nom de la salle", "room", "room no", "room name", "space",
                    "space name", "office", "office no", "unit", "unit no", "الفضاء", "رقم المكتب", "المكتب", "القاعة", "الرمز",
                ),
                read=readers.name,
            ),
            Field(
                code="kind", label=_("Kind"), titles=("Type", "Kind", "النوع"), weight=1.5,
                headers=("nature", "catégorie", "type d'espace", "type de local", "usage", "category", "type of space", "unit type", "space type", "room type", "الصنف", "نوع الفضاء"),
                read=space_kind,
            ),
            Field(
                code="area", label=_("Area"), titles=("Surface m²", "Area m²", "المساحة م²"), weight=2,
                headers=("surface utile", "surface", "s", "m²", "area", "size", "net area", "المساحة"), read=readers.area,
            ),
            Field(
                code="capacity", label=_("Capacity"), titles=("Capacité", "Capacity", "الطاقة الاستيعابية"), weight=2,
                headers=(
                    "nombre de places", "places", "nb places", "nb de personnes", "postes", "nombre de postes", "seats", "desks", "people",
                    "capacité (personnes)", "السعة", "المقاعد", "عدد المقاعد",
                ),
                read=readers.count,
            ),
            Field(
                code="rate", label=_("Rate per m² and month"), weight=2,
                titles=("Tarif HT DH/m²/mois", "Rate DH/m²/month", "التعريفة درهم/م²/الشهر"),
                headers=(
                    "tarif", "tarif ht", "prix", "prix ht", "tarif dh/m²/mois", "tarif ht m² mois", "tarif m²", "tarif au m²", "prix m²",
                    "prix m² mois", "prix ht m²", "loyer m²", "loyer au m²", "loyer m² mois", "loyer ht m²", "dh/m²/mois", "dh/m²", "rate",
                    "rate per m²", "rate m² month", "price", "price per m²", "price m² month", "السعر", "التعريفة", "ثمن المتر", "ثمن المتر المربع",
                ),
                read=readers.money,
            ),
            Field(
                code="rate_month", label=_("Rate per month"), weight=2,
                titles=("Tarif HT DH/mois", "Rate DH/month", "التعريفة درهم/الشهر"),
                headers=("tarif mensuel", "tarif mensuel ht", "tarif mois", "prix mensuel", "prix mois", "monthly rate", "rate per month"),
                read=readers.money,
            ),
            Field(
                code="rate_place", label=_("Rate per place and month"), weight=2,
                titles=("Tarif HT DH/place/mois", "Rate DH/place/month", "التعريفة درهم/المقعد/الشهر"),
                headers=("tarif par place", "tarif place mois", "tarif par poste", "tarif poste mois", "rate per place", "rate per desk"),
                read=readers.money,
            ),
            Field(
                code="rate_day", label=_("Rate per day"), weight=2,
                titles=("Tarif HT DH/jour", "Rate DH/day", "التعريفة درهم/اليوم"),
                headers=("tarif journalier", "tarif par jour", "tarif journée", "tarif jour", "tarif ht jour", "prix jour", "rate per day", "daily rate"),
                read=readers.money,
            ),
            Field(
                code="rate_hour", label=_("Rate per hour"), weight=2,
                titles=("Tarif HT DH/heure", "Rate DH/hour", "التعريفة درهم/الساعة"),
                headers=("tarif horaire", "tarif par heure", "tarif heure", "tarif ht heure", "prix heure", "rate per hour", "hourly rate"),
                read=readers.money,
            ),
            Field(
                code="made_of", label=_("Made of"), titles=("Composée de", "Made of", "تتكون من"), weight=2,
                headers=("composé de", "réunit", "parties", "regroupe", "combines", "composed of", "joins"), read=made_of,
            ),
            Field(
                code="given", label=_("Places given one by one"), weight=2,
                titles=("Places données une à une", "Places given one by one", "أماكن تُعطى واحدا واحدا"),
                headers=("postes donnés un à un", "desks given one by one"), read=readers.count,
            ),
            Field(
                code="in_use_from", label=_("In use from"), titles=("En service à partir du", "In use from", "في الخدمة ابتداء من"),
                read=readers.day,
            ),
            Field(
                code="withdrawn_on", label=_("Out of use since"), titles=("Hors service depuis", "Out of use since", "خارج الخدمة منذ"),
                read=readers.day,
            ),
            Field(
                code="note", label=_("Note"), titles=("Observations", "Notes", "ملاحظات"),
                headers=("observation", "remarques", "remarque", "commentaire", "commentaires", "note", "comments", "ملاحظة"),
                read=readers.paragraph,
            ),
        ),
    )
)  # fmt: skip
