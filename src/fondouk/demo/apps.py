"""Wiring of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fondouk.demo"
    label = "demo"

    def ready(self) -> None:
        from fondouk.imports import gates
        from fondouk.mail import marks

        from .queries import mark_of_letters, why_no_import
        from .web import panels  # noqa: F401

        gates.register(why_no_import)
        marks.register(mark_of_letters)
