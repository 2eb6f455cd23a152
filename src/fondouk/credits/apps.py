"""Wiring of credits."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "fondouk.credits"
    label = "credits"

    def ready(self) -> None:
        from . import rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
