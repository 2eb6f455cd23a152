"""Wiring of billing."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "fondouk.billing"
    label = "billing"

    def ready(self) -> None:
        from . import monthly, rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
