"""Who writes the public site."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted_on_network

WRITERS = (Role.DIRECTION, Role.EVENTS, Role.PARTNERSHIPS)

define(
    "editorial.edit",
    granted_on_network(*WRITERS),
    _("The public site is written by the direction, events and partnerships of the whole network."),
)
