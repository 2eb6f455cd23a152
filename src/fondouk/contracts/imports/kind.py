"""The columns of a sheet of hosting contracts, under the names that people give them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.schema import Field, SheetKind, register

from .export import ContractExporter
from .planner import REFERENCE_LIMIT, ContractPlanner
from .words import OCCUPANCIES

occupancy = OCCUPANCIES.reader(
    "occupancy", _("“%(value)s” is no way of holding a space. Write exclusive, shared or places.")
)

CONTRACTS = register(
    SheetKind(
        code="contracts",
        route="contracts",
        label=_("Hosting contracts"),
        titles=("Conventions", "Contracts", "الاتفاقيات"),
        order=40,
        planner=ContractPlanner,
        exporter=ContractExporter,
        instead={"company": "ice"},
        fields=(
            Field(
                code="reference", label=_("Reference"), titles=("Référence", "Reference", "المرجع"), weight=2, limit=REFERENCE_LIMIT,
                headers=(
                    "convention n°", "contrat n°", "réf", "n° convention", "n° de convention", "numéro de convention", "convention", "réf convention", "n° contrat",
                    "n° de contrat", "contrat", "réf contrat", "numéro", "ref", "contract", "contract no", "contract number",
                    "contract ref", "lease", "lease no", "lease ref", "lease reference", "agreement no", "مرجع الاتفاقية", "مرجع العقد", "رقم الاتفاقية", "رقم العقد", "العقد", "الاتفاقية",
                ),
                read=readers.name,
            ),
            Field(
                code="company", label=_("Company"), titles=("Entreprise", "Company", "المقاولة"), required=True, limit=300,
                headers=(
                    "société", "raison sociale", "dénomination sociale", "dénomination", "locataire", "occupant", "bénéficiaire", "hébergé",
                    "hébergée", "startup", "nom de l'entreprise", "nom de la société", "company name", "tenant", "tenant name", "occupier",
                    "الشركة", "المستأجر", "اسم المقاولة", "اسم الشركة",
                ),
                vague=("nom", "name"), read=readers.name,
            ),
            Field(
                code="ice", label=_("ICE"), titles=("ICE", "ICE", "التعريف الموحد للمقاولة"),
                headers=("i.c.e.", "n° ice", "التعريف الموحد"), read=readers.ice,
            ),
            Field(
                code="site", label=_("Site"), titles=("Site", "Site", "الموقع"), read=readers.name,
                headers=("ville", "parc", "technopark", "city", "park", "المدينة"),
            ),
            Field(
                code="space", label=_("Space"), titles=("Espace", "Space", "الفضاء"), required=True, limit=300,
                headers=(
                    "bureau", "n° espace", "n° bureau", "local", "n° local", "bureau n°", "plateau", "space no", "office", "office no", "unit",
                    "unit no", "room", "room no", "المكتب", "رقم المكتب", "رقم الفضاء",
                ),
                read=readers.name,
            ),
            Field(
                code="start", label=_("Start"), titles=("Début", "Start", "تاريخ البداية"), required=True, weight=2,
                headers=(
                    "lease start", "lease start date", "date de début", "date début", "début de contrat", "début convention", "date d'effet", "prise d'effet", "effet", "du",
                    "date du", "à partir du", "à compter du", "signée le", "start date", "from", "begins", "commencement", "البداية", "من",
                ),
                read=readers.day,
            ),
            Field(
                code="end", label=_("End"), titles=("Fin", "End", "تاريخ النهاية"), weight=2,
                headers=(
                    "lease end", "lease end date", "date de fin", "date fin", "fin de contrat", "fin convention", "échéance", "date d'échéance", "au", "date au", "expire le",
                    "expiration", "jusqu'au", "end date", "to", "until", "expiry", "expires", "expiry date", "النهاية", "إلى", "تاريخ الانتهاء",
                ),
                read=readers.last_day,
            ),
            Field(
                code="rent", label=_("Monthly rent before tax"), titles=("Loyer mensuel HT (DH)", "Monthly rent (DH)", "الكراء الشهري (درهم)"),
                weight=3,
                headers=(
                    "loyer", "loyer mensuel ht", "loyer mensuel", "loyer ht", "loyer ht mensuel", "loyer ht mois", "loyer mois", "redevance",
                    "redevance mensuelle", "redevance ht", "redevance mensuelle ht", "montant mensuel", "montant mensuel ht", "montant ht", "rent",
                    "monthly rent", "rent per month", "rent month", "monthly fee", "الكراء", "السومة الكرائية", "السومة الكرائية الشهرية", "الواجب الشهري", "الكراء الشهري",
                ),
                read=readers.monthly,
            ),
            Field(
                code="deposit", label=_("Deposit"), titles=("Caution (DH)", "Deposit (DH)", "مبلغ الضمان (درهم)"), weight=3,
                headers=("caution", "dépôt de garantie", "dépôt", "garantie", "deposit", "security deposit", "الضمانة", "مبلغ الضمان", "الضمان"),
                read=readers.money,
            ),
            Field(
                code="terminated", label=_("Ended early on"), titles=("Résiliée le", "Terminated on", "تاريخ الفسخ"), weight=2,
                headers=("date de résiliation", "résiliation", "résilié le", "date résiliation", "terminated", "termination date"),
                read=readers.day,
            ),
            Field(
                code="occupancy", label=_("Occupancy"), titles=("Occupation", "Occupancy", "نوع الاستغلال"), read=occupancy,
            ),
            Field(
                code="places", label=_("Places"), titles=("Nombre de places", "Places", "عدد المقاعد"),
                headers=("places", "postes", "nombre de postes", "desks", "seats"), read=readers.count,
            ),
        ),
    )
)  # fmt: skip
