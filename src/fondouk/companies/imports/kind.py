"""The columns of a sheet of companies, under the names that people give them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import LegalForm, Mode, Stage, Status
from fondouk.imports import readers
from fondouk.imports.schema import Bad, Field, Heading, SheetKind, register
from fondouk.lib.text import squash

from .planner import CompanyPlanner

FORM_WORDS = {
    LegalForm.SARL: ("sarl", "s.a.r.l", "société à responsabilité limitée", "llc", "ش.م.م", "شركة ذات مسؤولية محدودة"),
    LegalForm.SARL_AU: ("sarl au", "sarlau", "s.a.r.l. a.u", "sarl à associé unique", "sarl associé unique", "ش.م.م ذات شريك وحيد"),
    LegalForm.SA: ("sa", "s.a.", "société anonyme", "ش.م", "شركة مساهمة"),
    LegalForm.SAS: ("sas", "s.a.s", "société par actions simplifiée", "شركة مساهمة مبسطة"),
    LegalForm.SAS_AU: ("sas au", "sasau", "sasu", "sas à associé unique"),
    LegalForm.SNC: ("snc", "société en nom collectif"),
    LegalForm.SCS: ("scs", "société en commandite simple"),
    LegalForm.SCA: ("sca", "société en commandite par actions"),
    LegalForm.AUTO_ENTREPRENEUR: ("auto-entrepreneur", "autoentrepreneur", "ae", "personne physique", "pp", "مقاول ذاتي"),
    LegalForm.COOPERATIVE: ("coopérative", "coop", "تعاونية"),
    LegalForm.ASSOCIATION: ("association", "asso", "جمعية"),
}  # fmt: skip
FORM_OF = {squash(word): form for form, words in FORM_WORDS.items() for word in words}

STAGE_WORDS = {
    Stage.IDEA: ("idée", "idea", "idéation", "pré-incubation", "فكرة"),
    Stage.PROTOTYPE: ("prototype", "mvp", "poc", "incubation", "نموذج أولي", "نموذج"),
    Stage.LAUNCH: ("lancement", "launch", "amorçage", "démarrage", "seed", "start", "الانطلاق", "انطلاق"),
    Stage.GROWTH: ("croissance", "growth", "développement", "accélération", "scale up", "scale-up", "نمو"),
    Stage.MATURE: ("maturité", "mature", "mûre", "établie", "pme établie", "نضج"),
}  # fmt: skip
STAGE_OF = {squash(word): stage for stage, words in STAGE_WORDS.items() for word in (stage.value, *words)}

HOSTED_WORDS = ("hébergée", "hébergé", "hébergée actuellement", "active", "actif", "en activité", "résidente", "résident",
                "présente", "présent", "installée", "en cours", "locataire", "hosted", "resident", "current", "in", "oui",
                "مستضافة", "مقيمة", "محتضنة", "نشطة")  # fmt: skip
LEFT_WORDS = ("sortie", "sorti", "partie", "parti", "départ", "quitté", "a quitté", "résiliée", "clôturée", "alumni", "ancienne",
              "ancien", "inactive", "left", "former", "exited", "departed", "gone", "out", "non", "غادرت", "خرجت", "خريجة",
              "مغادرة")  # fmt: skip
EXPECTED_WORDS = ("attendue", "attendu", "acceptée", "en attente", "à venir", "prévue", "expected", "waiting", "منتظرة", "مرتقبة")
STATUS_OF = {
    **{squash(word): Status.HOSTED for word in (*HOSTED_WORDS, "domiciliée", "domiciled", "à distance", "remote")},
    **{squash(word): Status.ALUMNI for word in LEFT_WORDS},
    **{squash(word): Status.EXPECTED for word in EXPECTED_WORDS},
}

MODE_WORDS = {
    Mode.OFFICE: ("bureau", "office", "bureau privatif", "hébergée", "مكتب"),
    Mode.DESK: ("poste", "coworking", "desk", "nomade", "place", "فضاء مشترك"),
    Mode.DOMICILED: ("domiciliation", "domiciliée", "domicilié", "domiciled", "توطين"),
    Mode.REMOTE: ("à distance", "distance", "hors murs", "remote", "virtual", "عن بعد"),
}  # fmt: skip
MODE_OF = {squash(word): mode for mode, words in MODE_WORDS.items() for word in (mode.value, *words)}


def _choice(known: dict[str, Any], code: str, sentence: Any, fallback: Any = None) -> Any:
    def read(value: Any, heading: Heading) -> Any:
        word = readers.text(value, heading)
        if word is None:
            return None
        found = known.get(squash(word), fallback)
        if found is None:
            raise Bad(code, sentence)
        return found

    return read


legal_form = _choice(FORM_OF, "legal form", "", fallback=LegalForm.OTHER)
stage = _choice(
    STAGE_OF, "stage", _("“%(value)s” is not a stage. Write idea, prototype, launch, growth or mature.")
)
status = _choice(STATUS_OF, "status", _("“%(value)s” is not a status. Write hosted or left."))
mode = _choice(
    MODE_OF, "mode", _("“%(value)s” is no way of being hosted. Write office, desk, domiciled or at a distance.")
)

COMPANIES = register(
    SheetKind(
        code="companies",
        label=_("Companies"),
        order=30,
        planner=CompanyPlanner,
        fields=(
            Field(
                code="name", label=_("Name"), required=True,
                headers=(
                    "raison sociale", "dénomination sociale", "dénomination", "société", "entreprise", "nom de l'entreprise",
                    "nom de la société", "nom entreprise", "nom société", "startup", "nom commercial", "nom", "company",
                    "company name", "name", "organisation", "المقاولة", "اسم المقاولة", "الشركة", "اسم الشركة", "التسمية",
                    "العنوان التجاري", "التسمية الاجتماعية",
                ),
                read=readers.text,
            ),
            Field(code="name_ar", label=_("Name in Arabic"), headers=("nom en arabe", "raison sociale en arabe", "nom arabe", "arabic name", "name in arabic", "الاسم بالعربية", "التسمية بالعربية"), read=readers.text),
            Field(code="legal_form", label=_("Legal form"), headers=("forme juridique", "forme", "statut juridique", "f.j.", "legal form", "legal status", "الشكل القانوني"), read=legal_form, weight=2),
            Field(code="ice", label=_("ICE"), headers=("ice", "i.c.e.", "n° ice", "numéro ice", "identifiant commun", "identifiant commun de l'entreprise", "التعريف الموحد", "التعريف الموحد للمقاولة", "المعرف الموحد"), read=readers.ice, weight=3),
            Field(code="rc", label=_("RC"), headers=("rc", "r.c.", "n° rc", "registre de commerce", "registre du commerce", "trade register", "السجل التجاري"), read=readers.digits("RC"), weight=2),
            Field(code="rc_court", label=_("Court of the RC"), headers=("tribunal", "tribunal rc", "ville rc", "court", "المحكمة"), read=readers.text),
            Field(code="if_number", label=_("IF"), headers=("if", "i.f.", "n° if", "identifiant fiscal", "tax id", "fiscal id", "التعريف الضريبي", "التعريف الجبائي"), read=readers.digits("IF"), weight=2),
            Field(code="cnss", label=_("CNSS"), headers=("cnss", "n° cnss", "affiliation cnss", "الضمان الاجتماعي", "رقم الضمان الاجتماعي"), read=readers.digits("CNSS"), weight=2),
            Field(code="tp", label=_("TP"), headers=("tp", "t.p.", "patente", "taxe professionnelle", "n° patente", "الرسم المهني"), read=readers.digits("TP"), weight=2),
            Field(code="sector", label=_("Sector"), headers=("secteur", "secteur d'activité", "domaine", "filière", "sector", "industry", "القطاع", "قطاع النشاط"), read=readers.text, weight=2),
            Field(code="activity", label=_("Activity"), headers=("activité", "objet", "description", "métier", "activity", "business", "النشاط", "نشاط المقاولة"), read=readers.text),
            Field(code="stage", label=_("Stage"), headers=("stade", "phase", "maturité", "stage", "المرحلة"), read=stage),
            Field(code="incorporated_on", label=_("Incorporated on"), headers=("date de création", "création", "créée le", "date création", "date de constitution", "incorporated", "incorporation date", "founded", "created on", "تاريخ التأسيس", "تاريخ الإنشاء", "تاريخ الإحداث"), read=readers.day, weight=2),
            Field(code="entry", label=_("Entry date"), headers=("date d'entrée", "entrée", "date entrée", "entrée le", "date d'installation", "date d'arrivée", "date d'intégration", "hébergée depuis", "depuis", "entry", "entry date", "joined", "move-in", "move in date", "arrival", "تاريخ الدخول", "تاريخ الالتحاق"), read=readers.day, weight=2),
            Field(code="exit", label=_("Leaving date"), headers=("date de sortie", "sortie", "date sortie", "date de départ", "départ", "sortie le", "exit", "exit date", "left on", "leaving date", "move-out", "تاريخ الخروج", "تاريخ المغادرة"), read=readers.day, weight=2),
            Field(code="status", label=_("Status"), headers=("statut", "situation", "état", "status", "الحالة", "الوضعية"), read=status),
            Field(code="mode", label=_("Mode"), headers=("mode", "mode d'hébergement", "type d'hébergement", "formule", "hosting", "نوع الاستضافة"), read=mode),
            Field(code="site", label=_("Site"), headers=("site", "ville", "parc", "technopark", "implantation", "city", "park", "location", "الموقع", "المدينة"), read=readers.text),
            Field(code="office", label=_("Office"), headers=("bureau", "n° bureau", "local", "espace", "n° local", "office", "office no", "room", "المكتب", "رقم المكتب"), read=readers.text),
            Field(code="headcount", label=_("People employed"), headers=("effectif", "effectifs", "effectif total", "nombre d'employés", "nb employés", "nombre de salariés", "salariés", "emplois", "nombre d'emplois", "employees", "headcount", "staff", "jobs", "عدد المستخدمين", "عدد الأجراء", "عدد المشتغلين", "عدد العمال"), read=readers.count, weight=2, by_year=True),
            Field(code="women", label=_("of which women"), headers=("dont femmes", "femmes", "nombre de femmes", "effectif féminin", "nb femmes", "women", "of which women", "female", "female staff", "النساء", "عدد النساء", "منهم نساء"), read=readers.count, weight=2, by_year=True),
            Field(code="under_35", label=_("of which under 35"), headers=("dont jeunes", "jeunes", "moins de 35 ans", "dont moins de 35 ans", "< 35 ans", "under 35", "of which under 35", "youth", "الشباب", "أقل من 35 سنة", "منهم شباب"), read=readers.count, weight=2, by_year=True),
            Field(code="turnover", label=_("Turnover"), headers=("ca", "c.a.", "ca ht", "chiffre d'affaires", "chiffre d'affaire", "chiffre affaires", "turnover", "revenue", "sales", "رقم المعاملات", "رقم الأعمال"), read=readers.money, weight=2, by_year=True),
            Field(code="exports", label=_("Exports"), headers=("export", "exports", "ca export", "ca à l'export", "chiffre d'affaires export", "exportations", "الصادرات", "رقم معاملات التصدير"), read=readers.money, weight=2, by_year=True),
            Field(code="funds_raised", label=_("Funds raised"), headers=("fonds levés", "levée de fonds", "montant levé", "financement", "funds raised", "funding", "raised", "التمويلات", "الأموال المجمعة"), read=readers.money, weight=2, by_year=True),
            Field(code="manager", label=_("Manager"), headers=("gérant", "gérante", "gérant(e)", "nom du gérant", "dirigeant", "représentant légal", "représentant", "fondateur", "fondatrice", "contact", "nom du contact", "responsable", "porteur", "porteur de projet", "dg", "manager", "ceo", "founder", "contact person", "contact name", "المسير", "المدير", "الممثل القانوني", "اسم المسير"), read=readers.text, weight=1.5),
            Field(code="email", label=_("E-mail"), headers=("e-mail", "email", "mail", "courriel", "adresse mail", "adresse e-mail", "adresse email", "email address", "البريد الإلكتروني", "البريد"), read=readers.email, weight=1.5),
            Field(code="phone", label=_("Phone"), headers=("tél.", "tel", "téléphone", "gsm", "mobile", "portable", "n° de téléphone", "numéro de téléphone", "phone", "phone number", "الهاتف", "رقم الهاتف", "النقال"), read=readers.phone, weight=1.5),
            Field(code="website", label=_("Website"), headers=("site web", "site internet", "web", "url", "website", "الموقع الإلكتروني"), read=readers.text),
        ),
    )
)  # fmt: skip
