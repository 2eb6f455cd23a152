"""Wiring of public."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "fondouk.public"
    label = "public"
