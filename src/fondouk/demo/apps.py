"""Wiring of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fondouk.demo"
    label = "demo"

    def ready(self) -> None:
        from fondouk.imports import gates
        from fondouk.mail import marks
        from fondouk.ui import downloads

        from .queries import is_loaded, mark_of_files, mark_of_letters, why_no_import
        from .web import panels  # noqa: F401

        gates.register(why_no_import)
        marks.register(mark_of_letters)
        marks.register_hold(is_loaded)  # an invented network writes to nobody
        downloads.register(mark_of_files)
