"""Wiring of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fondouk.people"
    label = "people"

    def ready(self) -> None:
        from . import receivers, rules  # noqa: F401
        from .web import panels  # noqa: F401
