"""Wiring of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "fondouk.jobs"
    label = "jobs"
