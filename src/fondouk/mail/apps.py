"""Wiring of mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "fondouk.mail"
    label = "mail"
