"""Wiring of search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "fondouk.search"
    label = "search"
