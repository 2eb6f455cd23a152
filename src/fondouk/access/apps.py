"""Wiring of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "fondouk.access"
    label = "access"

    def ready(self) -> None:
        from fondouk.people import privacy, retention

        from . import rules, verbs  # noqa: F401
        from .privacy import KEEPER, RULE
        from .web import panels  # noqa: F401

        privacy.register(KEEPER)
        retention.register(RULE)
