"""How people write the status of a site."""

from fondouk.imports.vocabulary import Vocabulary
from fondouk.sites.enums import Phase

PHASES = Vocabulary(
    {
        Phase.OPEN: (
            "ouvert", "open", "مفتوح", "ouverte", "actif", "active", "en service", "en activité", "opérationnel",
            "opérationnelle", "fonctionnel", "operational", "running",
        ),
        Phase.PLANNED: (
            "en projet", "planned", "مبرمج", "projet", "planifié", "programmé", "prévu", "à venir", "futur", "planning",
            "project", "مشروع", "في طور الإنجاز",
        ),
        Phase.OPENING: (
            "en cours d'ouverture", "opening", "قريب الافتتاح", "en ouverture", "ouverture prochaine", "travaux",
            "en travaux", "en construction", "under construction", "opening soon",
        ),
        Phase.CLOSED: ("fermé", "closed", "مغلق", "fermée", "clos", "fermeture"),
    }
)  # fmt: skip
