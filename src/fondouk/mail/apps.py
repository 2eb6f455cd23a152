"""Wiring of mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "fondouk.mail"
    label = "mail"

    def ready(self) -> None:
        from fondouk.people import privacy

        from .actions import erase_mail
        from .web import panels  # noqa: F401

        privacy.register(
            privacy.Keeper(
                "mail",
                lambda person: [
                    {"at": message.created_at.isoformat(), "subject": message.subject, "text": message.text}
                    for message in person.messages.all()
                ],
                erase_mail,
            )
        )
