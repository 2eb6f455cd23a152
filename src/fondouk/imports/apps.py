"""Wiring of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fondouk.imports"
    label = "imports"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from fondouk.files import readers
        from fondouk.people import privacy, retention

        from . import jobs  # noqa: F401
        from .actions.forgetting import remove_uploaded, uploaded
        from .privacy import KEEPER
        from .web import panels

        privacy.register(KEEPER)

        readers.register(panels.may_read_book)
        retention.register(
            retention.Rule(
                "imports.books",
                _("Uploaded workbooks with their previews (what was imported from them stays)"),
                _("after they were uploaded"),
                12,
                lambda before: uploaded(before).count(),
                remove_uploaded,
            )
        )
