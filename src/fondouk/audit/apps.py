"""Wiring of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fondouk.audit"
    label = "audit"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from fondouk.people import privacy, retention

        from . import receivers  # noqa: F401
        from .actions.retention import count_old, remove_old
        from .queries import acts_of

        # Nothing to erase: entries name people by their number, and the number leads to a dash afterwards.
        privacy.register(privacy.Keeper("journal", acts_of))
        retention.register(
            retention.Rule(
                "audit.journal",
                _("Lines of the journal, and the former values of rows"),
                _("after they were written"),
                None,
                count_old,
                remove_old,
            )
        )
