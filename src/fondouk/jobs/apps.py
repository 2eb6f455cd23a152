"""Wiring of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "fondouk.jobs"
    label = "jobs"

    def ready(self) -> None:
        from fondouk.files import readers

        from .queries import may_download
        from .web import panels  # noqa: F401

        readers.register(may_download)
