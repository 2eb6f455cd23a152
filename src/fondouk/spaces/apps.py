"""Wiring of spaces."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "fondouk.spaces"
    label = "spaces"

    def ready(self) -> None:
        from . import imports, rules, verbs  # noqa: F401
        from .web import claims, panels  # noqa: F401
