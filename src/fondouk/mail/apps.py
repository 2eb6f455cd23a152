"""Wiring of mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "fondouk.mail"
    label = "mail"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from fondouk.people import privacy, retention

        from .actions import collect_mail, erase_mail
        from .models import Message
        from .web import panels  # noqa: F401

        privacy.register(
            privacy.Keeper(
                "mail",
                collect_mail,
                erase_mail,
            )
        )
        retention.register(
            retention.Rule(
                "mail.messages",
                _("Messages of the outbox, with their text"),
                _("after they were written"),
                24,
                lambda before: Message.objects.filter(created_at__lt=before).count(),
                lambda before: (
                    Message.objects.filter(created_at__lt=before).delete()[1].get("mail.Message", 0)
                ),
            )
        )
