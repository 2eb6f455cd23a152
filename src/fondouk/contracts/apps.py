"""Wiring of contracts."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "fondouk.contracts"
    label = "contracts"

    def ready(self) -> None:
        from . import imports, receivers, rules, verbs  # noqa: F401
        from .web import claims, panels  # noqa: F401
