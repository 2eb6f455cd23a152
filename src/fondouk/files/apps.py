"""Wiring of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "fondouk.files"
    label = "files"

    def ready(self) -> None:
        from . import rules  # noqa: F401
