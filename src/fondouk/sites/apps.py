"""Wiring of sites."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "fondouk.sites"
    label = "sites"

    def ready(self) -> None:
        from . import imports, rules  # noqa: F401
