"""Wiring of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fondouk.portal"
    label = "portal"

    def ready(self) -> None:
        from . import rules  # noqa: F401
        from .web import panels  # noqa: F401
