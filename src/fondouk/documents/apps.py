"""Wiring of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "fondouk.documents"
    label = "documents"
