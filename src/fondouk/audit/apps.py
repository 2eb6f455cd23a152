"""Wiring of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fondouk.audit"
    label = "audit"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from fondouk.people import privacy, retention

        from . import receivers  # noqa: F401
        from .actions.erasing import blot_out
        from .actions.retention import count_old, remove_old
        from .queries import acts_of

        privacy.register(privacy.Keeper("journal", acts_of, blot_out))
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
