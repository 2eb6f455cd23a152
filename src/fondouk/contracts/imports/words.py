"""How people write what a line of a contract holds."""

from fondouk.contracts.enums import Occupancy
from fondouk.imports.vocabulary import Vocabulary

OCCUPANCIES = Vocabulary(
    {
        Occupancy.EXCLUSIVE: (
            "exclusive",
            "exclusive",
            "حصري",
            "exclusif",
            "privatif",
            "privative",
            "entier",
        ),
        Occupancy.SHARED: ("partagée", "shared", "مشترك", "partagé", "colocation", "en partage"),
        Occupancy.PLACES: ("places", "places", "مقاعد", "place", "postes", "poste", "coworking", "desks"),
    }
)
