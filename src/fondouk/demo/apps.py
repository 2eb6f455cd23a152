"""Wiring of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fondouk.demo"
    label = "demo"

    def ready(self) -> None:
        from fondouk.imports import gates

        from .queries import why_no_import
        from .web import panels  # noqa: F401

        gates.register(why_no_import)
