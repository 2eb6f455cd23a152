"""Wiring of todos."""

from django.apps import AppConfig


class TodosConfig(AppConfig):
    name = "fondouk.todos"
    label = "todos"
