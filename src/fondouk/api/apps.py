"""Wiring of api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "fondouk.api"
    label = "api"
