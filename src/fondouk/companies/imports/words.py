"""How people write legal forms, stages, statuses and ways of being hosted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import LegalForm, Mode, Stage, Status
from fondouk.imports import readers
from fondouk.imports.schema import Heading
from fondouk.imports.vocabulary import Vocabulary

FORMS = Vocabulary(
    {
        LegalForm.SARL: ("SARL", "SARL", "ش.م.م", "s.a.r.l", "société à responsabilité limitée", "llc", "شركة ذات مسؤولية محدودة"),
        LegalForm.SARL_AU: ("SARL AU", "SARL AU", "ش.م.م ذات شريك وحيد", "s.a.r.l. a.u", "sarl à associé unique", "sarl associé unique", "sarl d'associé unique"),
        LegalForm.SA: ("SA", "SA", "ش.م", "société anonyme", "شركة مساهمة"),
        LegalForm.SAS: ("SAS", "SAS", "شركة مساهمة مبسطة", "société par actions simplifiée"),
        LegalForm.SAS_AU: ("SAS AU", "SAS AU", "شركة مساهمة مبسطة ذات شريك وحيد", "sasu", "sas à associé unique", "sas associé unique"),
        LegalForm.SNC: ("SNC", "SNC", "شركة التضامن", "société en nom collectif"),
        LegalForm.SCS: ("SCS", "SCS", "شركة التوصية البسيطة", "société en commandite simple"),
        LegalForm.SCA: ("SCA", "SCA", "شركة التوصية بالأسهم", "société en commandite par actions"),
        LegalForm.AUTO_ENTREPRENEUR: ("Auto-entrepreneur", "Sole trader", "مقاول ذاتي", "ae", "personne physique", "pp", "auto-entrepreneuse"),
        LegalForm.COOPERATIVE: ("Coopérative", "Cooperative", "تعاونية", "coop"),
        LegalForm.ASSOCIATION: ("Association", "Association", "جمعية", "asso"),
        LegalForm.OTHER: ("Autre", "Other", "أخرى"),
    }
)  # fmt: skip

STAGES = Vocabulary(
    {
        Stage.IDEA: ("idée", "idea", "فكرة", "idéation", "pré-incubation"),
        Stage.PROTOTYPE: ("prototype", "prototype", "نموذج أولي", "mvp", "poc", "incubation", "نموذج"),
        Stage.LAUNCH: ("lancement", "launch", "الانطلاق", "amorçage", "démarrage", "seed", "start", "انطلاق"),
        Stage.GROWTH: ("croissance", "growth", "نمو", "développement", "accélération", "scale up", "النمو"),
        Stage.MATURE: ("maturité", "mature", "نضج", "mûre", "établie", "pme établie", "النضج"),
    }
)  # fmt: skip

STATUSES = Vocabulary(
    {
        Status.HOSTED: (
            "hébergée", "hosted", "مستضافة", "hébergé", "hébergée actuellement", "active", "actif", "en activité", "résidente", "résident",
            "présente", "présent", "installée", "en cours", "locataire", "resident", "current", "in", "oui", "yes", "مقيمة", "محتضنة", "نشطة",
            "domiciliée", "domicilié", "domiciled", "à distance", "remote",
        ),
        Status.ALUMNI: (
            "sortie", "left", "غادرت", "sorti", "partie", "parti", "départ", "quitté", "a quitté", "résiliée", "résilié", "clôturée", "alumni",
            "ancienne", "ancien", "inactive", "inactif", "former", "exited", "departed", "gone", "out", "non", "no", "خرجت", "خريجة", "مغادرة",
        ),
        Status.OUTSIDE: ("non hébergée", "not hosted", "غير مستضافة", "hors parc", "extérieure", "externe", "outside", "external", "خارج الموقع"),
        Status.EXPECTED: ("attendue", "expected", "منتظرة", "attendu", "acceptée", "accepté", "en attente", "à venir", "prévue", "waiting", "مرتقبة"),
    }
)  # fmt: skip

MODES = Vocabulary(
    {
        Mode.OFFICE: ("bureau", "office", "مكتب", "bureau privatif", "hébergée", "hébergement", "classique"),
        Mode.DESK: ("poste", "desk", "فضاء مشترك", "coworking", "nomade", "place", "poste de travail"),
        Mode.DOMICILED: ("domiciliation", "domiciled", "توطين", "domiciliée", "domicilié"),
        Mode.REMOTE: ("à distance", "remote", "عن بعد", "distance", "hors murs", "virtual", "virtuel"),
    }
)  # fmt: skip

MODE_OF_STATUS = {"domicil": Mode.DOMICILED, "distance": Mode.REMOTE, "remote": Mode.REMOTE}
"""Beginnings of words which, in the column of the status, tell how a company is hosted."""

stage = STAGES.reader(
    "stage", _("“%(value)s” is not a stage. Write idea, prototype, launch, growth or mature.")
)
status = STATUSES.reader("status", _("“%(value)s” is not a status. Write hosted, left or expected."))
mode = MODES.reader(
    "mode", _("“%(value)s” is no way of being hosted. Write office, desk, domiciled or at a distance.")
)


def legal_form(value: Any, heading: Heading) -> LegalForm | None:
    """A form that nobody knows is "other"; the planner warns."""
    word = readers.text(value, heading)
    return None if word is None else FORMS.find(word) or LegalForm.OTHER
