"""Wiring of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fondouk.audit"
    label = "audit"

    def ready(self) -> None:
        from . import receivers  # noqa: F401
