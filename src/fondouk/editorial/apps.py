"""Wiring of editorial."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "fondouk.editorial"
    label = "editorial"

    def ready(self) -> None:
        from fondouk.audit import links

        from . import rules, verbs  # noqa: F401
        from .web import panels  # noqa: F401
        from .web.addresses import address_of_text

        links.register("editorial.text", address_of_text)
