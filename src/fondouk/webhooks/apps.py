"""Wiring of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "fondouk.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from fondouk.people import retention

        from . import receivers, rules, verbs  # noqa: F401
        from .keeping import RULE
        from .web import panels  # noqa: F401

        retention.register(RULE)
