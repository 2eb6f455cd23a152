"""Wiring of companies."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "fondouk.companies"
    label = "companies"

    def ready(self) -> None:
        from fondouk.people import privacy

        from . import imports, rules, verbs  # noqa: F401
        from .privacy import KEEPER
        from .web import finding, panels, points  # noqa: F401

        privacy.register(KEEPER)
