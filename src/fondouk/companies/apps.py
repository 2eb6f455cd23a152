"""Wiring of companies."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "fondouk.companies"
    label = "companies"

    def ready(self) -> None:
        from fondouk.people import privacy, retention
        from fondouk.sites.queries import register_belonging, register_tie

        from . import campaigns, closing, imports, receivers, rules, verbs  # noqa: F401
        from .privacy import KEEPER
        from .ties import companies_of_person, team_of_site, teams_since
        from .web import finding, panels, points  # noqa: F401

        privacy.register(KEEPER)
        register_belonging(companies_of_person)
        register_tie(team_of_site)
        retention.register_hold(teams_since)
