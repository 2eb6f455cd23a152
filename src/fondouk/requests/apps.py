"""Wiring of requests."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "fondouk.requests"
    label = "requests"

    def ready(self) -> None:
        from fondouk.people import privacy

        from . import rules, verbs  # noqa: F401
        from .privacy import KEEPER
        from .web import finding, panels  # noqa: F401

        privacy.register(KEEPER)
