"""Wiring of presence."""

from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "fondouk.presence"
    label = "presence"

    def ready(self) -> None:
        from fondouk.people import privacy

        from .privacy import KEEPER
        from .web import panels  # noqa: F401

        privacy.register(KEEPER)
