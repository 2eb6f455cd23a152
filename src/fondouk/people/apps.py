"""Wiring of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fondouk.people"
    label = "people"

    def ready(self) -> None:
        from . import rules  # noqa: F401
