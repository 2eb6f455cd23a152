"""Wiring of bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "fondouk.bookings"
    label = "bookings"

    def ready(self) -> None:
        from . import rules, verbs  # noqa: F401
        from .web import claims, panels  # noqa: F401
