"""Wiring of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fondouk.imports"
    label = "imports"
