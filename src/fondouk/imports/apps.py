"""Wiring of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fondouk.imports"
    label = "imports"

    def ready(self) -> None:
        from fondouk.files import readers

        from . import jobs  # noqa: F401
        from .web import panels

        readers.register(panels.may_read_book)
