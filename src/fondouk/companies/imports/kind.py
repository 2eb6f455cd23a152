"""The columns of a sheet of companies, under the names that people give them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.imports import readers
from fondouk.imports.schema import Field, SheetKind, register

from .contacts import contact
from .export import CompanyExporter
from .planner import CompanyPlanner
from .stays import other_stays
from .words import legal_form, mode, stage, status

COMPANIES = register(
    SheetKind(
        code="companies",
        route="companies",
        label=_("Companies"),
        titles=("Entreprises", "Companies", "المقاولات"),
        order=30,
        planner=CompanyPlanner,
        exporter=CompanyExporter,
        fields=(
            Field(
                code="name", label=_("Name"), titles=("Raison sociale", "Company name", "اسم المقاولة"), required=True, limit=200,
                headers=(
                    "dénomination sociale", "dénomination", "société", "entreprise", "nom de l'entreprise", "nom de la société",
                    "nom entreprise", "nom société", "nom ou raison sociale", "startup", "start-up", "nom de la startup", "nom commercial",
                    "company", "company or startup", "تسمية المقاولة", "startup name", "business name", "organisation", "المقاولة", "الشركة", "اسم الشركة", "التسمية",
                    "العنوان التجاري", "التسمية الاجتماعية",
                ),
                vague=("nom", "name", "الاسم", "structure"), read=readers.name,
            ),
            Field(
                code="name_ar", label=_("Name in Arabic"), titles=("Nom en arabe", "Name in Arabic", "الاسم بالعربية"), limit=200,
                headers=("raison sociale en arabe", "nom arabe", "arabic name", "التسمية بالعربية"), read=readers.name,
            ),
            Field(
                code="legal_name", label=_("Legal name"), titles=("Dénomination légale", "Legal name", "الاسم القانوني"), limit=200,
                headers=("registered name", "legal entity", "official name", "nom légal"), read=readers.name,
            ),
            Field(
                code="legal_form", label=_("Legal form"), titles=("Forme juridique", "Legal form", "الشكل القانوني"), weight=2,
                headers=("forme", "forme jur", "statut juridique", "f.j.", "legal status", "legal type", "company type", "نوع الشركة"), read=legal_form,
            ),
            Field(
                code="ice", label=_("ICE"), titles=("ICE", "ICE", "التعريف الموحد للمقاولة"), weight=3,
                headers=(
                    "registration (ICE)", "identifiant (ICE)", "code ICE", "i.c.e.", "n° ice", "numéro ice", "identifiant commun", "identifiant commun de l'entreprise", "ice number",
                    "التعريف الموحد", "المعرف الموحد", "رقم ICE", "رقم التعريف الموحد",
                ),
                read=readers.ice,
            ),
            Field(
                code="rc", label=_("RC"), titles=("RC", "RC", "السجل التجاري"), weight=2,
                headers=("r.c.", "n° rc", "registre de commerce", "registre du commerce", "trade register"), read=readers.digits("RC"),
            ),
            Field(
                code="rc_court", label=_("Court of the RC"), titles=("Tribunal", "Court", "المحكمة"), limit=80,
                headers=("tribunal rc", "tribunal de commerce", "ville rc"), read=readers.text,
            ),
            Field(
                code="if_number", label=_("IF"), titles=("IF", "Tax ID (IF)", "التعريف الضريبي"), weight=2,
                headers=("i.f.", "n° if", "identifiant fiscal", "n° fiscal", "tax id", "fiscal id", "التعريف الجبائي"),
                read=readers.digits("IF"),
            ),
            Field(
                code="cnss", label=_("CNSS"), titles=("CNSS", "CNSS", "الضمان الاجتماعي"), weight=2,
                headers=("n° cnss", "affiliation cnss", "n° affiliation cnss", "رقم الضمان الاجتماعي"), read=readers.digits("CNSS"),
            ),
            Field(
                code="tp", label=_("TP"), titles=("TP", "TP", "الرسم المهني"), weight=2,
                headers=("t.p.", "n° tp", "patente", "taxe professionnelle", "n° patente"), read=readers.digits("TP"),
            ),
            Field(
                code="sector", label=_("Sector"), titles=("Secteur", "Sector", "القطاع"), weight=2,
                headers=("secteur d'activité", "secteurs", "domaine", "domaine d'activité", "filière", "industry", "قطاع النشاط"),
                read=readers.text,
            ),
            Field(
                code="activity", label=_("Activity"), titles=("Activité", "Activity", "النشاط"), limit=300,
                headers=("objet", "description", "métier", "description de l'activité", "objet social", "business", "نشاط المقاولة"),
                read=readers.text,
            ),
            Field(
                code="stage", label=_("Stage"), titles=("Stade", "Stage", "المرحلة"), headers=("phase", "maturité", "stade de développement"),
                read=stage,
            ),
            Field(
                code="incorporated_on", label=_("Incorporated on"), titles=("Date de création", "Incorporated on", "تاريخ التأسيس"), weight=2,
                headers=(
                    "création", "créée le", "date création", "date de constitution", "constitution", "incorporated", "incorporation date",
                    "founded", "created on", "تاريخ الإنشاء", "تاريخ الإحداث",
                ),
                read=readers.day,
            ),
            Field(
                code="status", label=_("Status"), titles=("Statut", "Status", "الوضعية"), headers=("situation", "état", "statut actuel", "الحالة"), read=status,
            ),
            Field(
                code="site", label=_("Site"), titles=("Site", "Site", "الموقع"), read=readers.text,
                headers=("ville", "parc", "technopark", "implantation", "lieu", "city", "park", "location", "المدينة"),
            ),
            Field(
                code="mode", label=_("Mode"), titles=("Mode d'hébergement", "Hosting", "نوع الاستضافة"), read=mode,
                headers=("mode", "type d'hébergement", "formule", "hosting mode"),
            ),
            Field(
                code="entry", label=_("Entry date"), titles=("Date d'entrée", "Entry date", "تاريخ الدخول"), weight=2,
                headers=(
                    "joined on", "join date", "moved in", "date of entry", "hosted since", "since",
                    "entrée", "date entrée", "entrée le", "date d'installation", "date d'arrivée", "arrivée", "date d'intégration",
                    "date d'entrée au parc", "hébergée depuis", "depuis", "entry", "joined", "move-in", "move in date", "arrival",
                    "تاريخ الالتحاق", "تاريخ الولوج", "تاريخ الانضمام",
                ),
                read=readers.day,
            ),
            Field(
                code="exit", label=_("Leaving date"), titles=("Date de sortie", "Leaving date", "تاريخ الخروج"), weight=2,
                headers=(
                    "sortie", "date sortie", "date de départ", "départ", "sortie le", "exit", "exit date", "left on", "left", "leaving", "date left", "end of stay", "move-out",
                    "move out date", "departure", "تاريخ المغادرة",
                ),
                read=readers.day,
            ),
            Field(
                code="stays", label=_("Other stays"), titles=("Autres séjours", "Other stays", "إقامات أخرى"), read=other_stays,
            ),
            Field(
                code="office", label=_("Office"), titles=("Bureau", "Office", "المكتب"), limit=80, read=readers.text,
                headers=("n° bureau", "local", "espace", "n° local", "n° espace", "office no", "room", "رقم المكتب"),
            ),
            Field(
                code="headcount", label=_("People employed"), titles=("Effectif", "Employees", "عدد المستخدمين"), weight=2, by_year=True,
                headers=(
                    "employees", "team size", "workforce", "effectifs", "collaborateurs", "effectif total", "nombre d'employés", "employés", "nombre de salariés", "salariés", "emplois", "nombre d'emplois",
                    "total effectif", "nombre de personnes", "headcount", "staff", "jobs", "number of employees", "عدد الأجراء",
                    "عدد المشتغلين", "عدد العمال", "عدد العاملين",
                ),
                read=readers.count,
            ),
            Field(
                code="women", label=_("of which women"), titles=("Dont femmes", "Women", "عدد النساء"), weight=2, by_year=True,
                headers=(
                    "femmes", "f", "dont f", "nombre de femmes", "effectif féminin", "effectif femmes", "dont effectif féminin",
                    "of which women", "female", "female staff", "female employees", "النساء", "الإناث", "عدد الإناث", "منهم إناث", "منهم نساء", "منهن نساء",
                ),
                read=readers.count,
            ),
            Field(
                code="under_35", label=_("of which under 35"), titles=("Dont moins de 35 ans", "Under 35", "أقل من 35 سنة"), weight=2,
                by_year=True, headers=("dont jeunes", "jeunes", "moins de 35 ans", "< 35 ans", "of which under 35", "youth", "الشباب", "منهم شباب"),
                read=readers.count,
            ),
            Field(
                code="turnover", label=_("Turnover"), titles=("CA", "Turnover", "رقم المعاملات"), weight=2, by_year=True,
                headers=(
                    "c.a.", "ca ht", "chiffre d'affaires", "chiffre d'affaires ht", "chiffre d'affaire", "chiffre affaires", "ca réalisé",
                    "ca annuel", "revenue", "revenues", "sales", "annual turnover", "رقم الأعمال",
                ),
                read=readers.money,
            ),
            Field(
                code="exports", label=_("Exports"), titles=("CA export", "Exports", "الصادرات"), weight=2, by_year=True,
                headers=(
                    "export", "ca à l'export", "dont export", "dont ca export", "chiffre d'affaires export", "chiffre d'affaires à l'export",
                    "exportations", "export sales", "رقم معاملات التصدير",
                ),
                read=readers.money,
            ),
            Field(
                code="funds_raised", label=_("Funds raised"), titles=("Fonds levés", "Funds raised", "التمويلات"), weight=2, by_year=True,
                headers=(
                    "levées de fonds", "levées", "levée", "montants levés",
                    "levée de fonds", "montant levé", "financement", "financements", "funding", "raised", "الأموال المجمعة",
                ),
                read=readers.money,
            ),
            Field(
                code="manager", label=_("Manager"), titles=("Gérant", "Manager", "المسير"), weight=1.5, limit=200,
                headers=(
                    "gérante", "gérant(e)", "nom du gérant", "dirigeant", "dirigeante", "nom du dirigeant", "représentant légal",
                    "représentant", "fondateur", "fondatrice", "contact", "nom du contact", "contact nom", "personne de contact",
                    "responsable", "porteur", "porteur de projet", "dg", "directeur général", "ceo", "founder", "contact person",
                    "contact name", "owner", "المدير", "الممثل القانوني", "اسم المسير", "المسيرة", "nom et prénom du gérant",
                ),
                read=contact,
            ),
            Field(
                code="email", label=_("E-mail"), titles=("E-mail", "E-mail", "البريد الإلكتروني"), weight=1.5, limit=254,
                headers=(
                    "email", "mail", "courriel", "adresse mail", "adresse e-mail", "adresse électronique", "contact email", "email address",
                    "البريد",
                ),
                read=readers.email,
            ),
            Field(
                code="phone", label=_("Phone"), titles=("Tél.", "Phone", "الهاتف"), weight=1.5,
                headers=(
                    "téléphone", "gsm", "mobile", "portable", "n° de téléphone", "n° tél", "n° gsm", "tél fixe", "tél mobile", "tél / gsm",
                    "contact tél", "phone number", "telephone", "رقم الهاتف", "الهاتف النقال", "هاتف نقال", "النقال", "الهاتف المحمول",
                ),
                read=readers.phone,
            ),
            Field(
                code="website", label=_("Website"), titles=("Site web", "Website", "الموقع الإلكتروني"), limit=200,
                headers=("site internet", "web", "url", "adresse web", "adresse site", "page web", "web site", "homepage"), read=readers.text,
            ),
        ),
    )
)  # fmt: skip
