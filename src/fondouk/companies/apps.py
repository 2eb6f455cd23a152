"""Wiring of companies."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "fondouk.companies"
    label = "companies"

    def ready(self) -> None:
        from . import rules  # noqa: F401
