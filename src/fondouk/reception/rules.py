"""Who sees and receives visitors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted

RECEIVERS = (Role.DIRECTION, Role.SITE_MANAGER, Role.SPACES, Role.RECEPTION, Role.EVENTS)

define(
    "reception.receive",
    granted(*RECEIVERS),
    _("Only reception, the spaces and events teams, the site manager or the direction receive visitors."),
)
