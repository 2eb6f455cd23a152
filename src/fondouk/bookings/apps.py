"""Wiring of bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "fondouk.bookings"
    label = "bookings"

    def ready(self) -> None:
        from . import owning, verbs  # noqa: F401
