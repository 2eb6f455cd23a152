"""Wiring of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fondouk.audit"
    label = "audit"

    def ready(self) -> None:
        from fondouk.people import privacy

        from . import receivers  # noqa: F401
        from .queries import acts_of

        # Nothing to erase: entries name people by their number, and the number leads to a dash afterwards.
        privacy.register(privacy.Keeper("journal", acts_of))
