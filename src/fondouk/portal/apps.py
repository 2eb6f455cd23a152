"""Wiring of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "fondouk.portal"
    label = "portal"

