"""Who keeps webhooks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fondouk.people.rules import define
from fondouk.sites.enums import Role
from fondouk.sites.rules import granted_on_network

define(
    "webhooks.keep",
    granted_on_network(Role.ADMINISTRATOR),
    _("Only administrators decide where messages to other systems go."),
)
