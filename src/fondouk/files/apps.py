"""Wiring of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "fondouk.files"
    label = "files"
