"""Wiring of displays."""

from django.apps import AppConfig


class DisplaysConfig(AppConfig):
    name = "fondouk.displays"
    label = "displays"

    def ready(self) -> None:
        from . import rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
