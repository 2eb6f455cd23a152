"""Wiring of displays."""

from django.apps import AppConfig


class DisplaysConfig(AppConfig):
    name = "fondouk.displays"
    label = "displays"

    def ready(self) -> None:
        from fondouk.people import privacy

        from . import rules, verbs  # noqa: F401
        from .privacy import KEEPER
        from .web import panels  # noqa: F401

        privacy.register(KEEPER)
