"""Wiring of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "fondouk.jobs"
    label = "jobs"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from fondouk.files import readers
        from fondouk.people import privacy, retention

        from .actions.retention import ended, remove_ended
        from .queries import may_download
        from .web import panels  # noqa: F401

        readers.register(may_download)
        privacy.register(
            privacy.Keeper(
                "jobs",
                lambda person: [
                    {"at": job.created_at.isoformat(), "what": job.kind, "label": job.label}
                    for job in person.jobs.all()
                ],
            )
        )
        retention.register(
            retention.Rule(
                "jobs.ended",
                _("Long works that are over, with the files they made: exports, previews of imports"),
                _("after they ended"),
                12,
                lambda before: ended(before).count(),
                remove_ended,
            )
        )
