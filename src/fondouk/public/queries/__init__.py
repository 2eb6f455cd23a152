"""What the public may read: figures, sites, sectors, companies that agreed to be shown.

Everything is computed from the records on one day. What cannot be computed is left out: never a zero for what
is not known.
"""

from .kept import KEPT_FOR, kept
from .network import (
    LegalNotice,
    NetworkFigures,
    SectorCount,
    ShownCompany,
    legal_notice,
    network_figures,
    newest_public_companies,
    newest_shown,
    public_companies,
    sector_counts,
    sectors_of_public_companies,
    shown_companies,
)
from .sites import (
    SiteCard,
    SpaceCount,
    Week,
    hours_today,
    other_weeks,
    site_card,
    site_cards,
    space_counts,
    usual_week,
)

__all__ = [
    "KEPT_FOR",
    "LegalNotice",
    "NetworkFigures",
    "SectorCount",
    "ShownCompany",
    "SiteCard",
    "SpaceCount",
    "Week",
    "hours_today",
    "kept",
    "legal_notice",
    "network_figures",
    "newest_public_companies",
    "newest_shown",
    "other_weeks",
    "public_companies",
    "sector_counts",
    "sectors_of_public_companies",
    "shown_companies",
    "site_card",
    "site_cards",
    "space_counts",
    "usual_week",
]
