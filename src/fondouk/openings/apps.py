"""Wiring of openings."""

from django.apps import AppConfig


class OpeningsConfig(AppConfig):
    name = "fondouk.openings"
    label = "openings"

    def ready(self) -> None:
        from fondouk.audit import links

        from . import rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
        from .web.addresses import address_of_opening

        links.register("openings.opening", address_of_opening)
