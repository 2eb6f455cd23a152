"""Wiring of todos."""

from django.apps import AppConfig


class TodosConfig(AppConfig):
    name = "fondouk.todos"
    label = "todos"

    def ready(self) -> None:
        from . import verbs  # noqa: F401
