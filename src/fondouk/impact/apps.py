"""Wiring of impact."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "fondouk.impact"
    label = "impact"

    def ready(self) -> None:
        from . import rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
