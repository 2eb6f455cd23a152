"""Wiring of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fondouk.imports"
    label = "imports"

    def ready(self) -> None:
        from fondouk.files import readers
        from fondouk.people import privacy

        from . import jobs  # noqa: F401
        from .privacy import KEEPER
        from .web import panels

        privacy.register(KEEPER)

        readers.register(panels.may_read_book)
