"""Wiring of bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "fondouk.bookings"
    label = "bookings"

    def ready(self) -> None:
        from fondouk.people import privacy

        from . import receivers, rules, verbs  # noqa: F401
        from .privacy import KEEPER
        from .web import claims, panels  # noqa: F401

        privacy.register(KEEPER)
