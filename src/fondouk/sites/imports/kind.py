"""The columns of a sheet of sites, under the names that people give them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.schema import Field, SheetKind, register

from .export import SiteExporter
from .planner import SitePlanner
from .words import PHASES

phase = PHASES.reader(
    "status", _("“%(value)s” is not a status of a site. Write planned, opening, open or closed.")
)

SITES = register(
    SheetKind(
        code="sites",
        route="sites",
        is_sparse=True,
        label=_("Sites"),
        titles=("Sites", "Sites", "المواقع"),
        order=10,
        planner=SitePlanner,
        exporter=SiteExporter,
        fields=(
            Field(
                code="name", label=_("Name"), titles=("Nom du site", "Site name", "اسم الموقع"), limit=120, weight=2,
                headers=("dénomination du site", "name of site"),
                vague=("site", "nom", "technopark", "park", "parc", "name", "الموقع", "الاسم"),
                read=readers.name,
            ),
            Field(
                code="name_ar", label=_("Name in Arabic"), titles=("Nom en arabe", "Name in Arabic", "الاسم بالعربية"), limit=120,
                headers=("nom arabe", "arabic name"), read=readers.name,
            ),
            Field(
                code="city", label=_("City"), titles=("Ville", "City", "المدينة"), limit=80, required=True,
                headers=("localité", "commune", "town", "الجماعة"), read=readers.name,
            ),
            Field(
                code="city_ar", label=_("City in Arabic"), titles=("Ville en arabe", "City in Arabic", "المدينة بالعربية"), limit=80,
                headers=("ville arabe",), read=readers.name,
            ),
            Field(
                code="opened", label=_("Opened"), titles=("Ouverture", "Opened", "تاريخ الافتتاح"), weight=2.5,
                headers=(
                    "date d'ouverture", "année d'ouverture", "ouvert en", "ouvert le", "ouvert depuis", "mise en service", "inauguration",
                    "opening", "opening date", "opening year", "year opened", "open since", "سنة الافتتاح", "الافتتاح",
                ),
                read=readers.day_or_year,
            ),
            Field(
                code="status", label=_("Status"), titles=("Statut", "Status", "الوضعية"),
                headers=("état", "situation", "state", "الحالة"), read=phase,
            ),
            Field(
                code="address", label=_("Address"), titles=("Adresse", "Address", "العنوان"),
                headers=("adresse du site", "location"), read=readers.paragraph,
            ),
            Field(
                code="area", label=_("Area"), titles=("Surface (m²)", "Area (m²)", "المساحة (م²)"),
                headers=("surface totale", "superficie totale", "total area", "size"), read=readers.area,
            ),
            Field(
                code="commune", label=_("Commune code"), titles=("Code de la commune", "Commune code", "رمز الجماعة"), limit=20,
                read=readers.text,
            ),
            Field(
                code="description_fr", label=_("Description in French"),
                titles=("Présentation en français", "Description in French", "التقديم بالفرنسية"), read=readers.paragraph,
            ),
            Field(
                code="description_ar", label=_("Description in Arabic"),
                titles=("Présentation en arabe", "Description in Arabic", "التقديم بالعربية"), read=readers.paragraph,
            ),
            Field(
                code="description_en", label=_("Description in English"),
                titles=("Présentation en anglais", "Description in English", "التقديم بالإنجليزية"), read=readers.paragraph,
            ),
        ),
    )
)  # fmt: skip
