"""Wiring of console."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "fondouk.console"
    label = "console"

    def ready(self) -> None:
        from .web import panels  # noqa: F401
