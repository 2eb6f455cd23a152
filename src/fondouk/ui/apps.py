"""Wiring of ui."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "fondouk.ui"
    label = "ui"
