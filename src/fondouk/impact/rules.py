"""Who reads the network's figures, and who publishes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted, granted_on_network

READERS = (
    Role.DIRECTION, Role.SITE_MANAGER, Role.ADMISSIONS, Role.FINANCE, Role.PROGRAMMES, Role.PARTNERSHIPS,
)  # fmt: skip

define(
    "impact.view",
    granted(*READERS),
    _("Figures are for the direction, site managers, admissions, finance, programmes and partnerships."),
)
define(
    "impact.publish",
    granted_on_network(Role.DIRECTION),
    _("Only the direction of the whole network publishes figures."),
)
define(
    "impact.official",
    granted_on_network(Role.DIRECTION, Role.FINANCE),
    _("Only the direction or finance of the whole network notes official figures."),
)
