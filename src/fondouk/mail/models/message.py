"""A message and the attempts to deliver it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fondouk.files.models import StoredFile
from fondouk.mail.enums import Delivery
from fondouk.people.enums import Language
from fondouk.people.models import Person


class Message(models.Model):
    """One mail to one address, in the language of whoever reads it. The outbox of the console lists them all."""

    to = models.EmailField(_("to"), max_length=254)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="messages")
    kind = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=Language.choices)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField()
    calendar = models.TextField(blank=True, help_text="iCalendar, for calendar programs to read")
    calendar_method = models.CharField(max_length=10, blank=True, help_text="RFC 5546: REQUEST, CANCEL")
    code = models.CharField(max_length=500, blank=True, help_text="what the QR code says that goes along")
    attachment = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("attached file")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    delivery = models.CharField(max_length=20, choices=Delivery.choices, default=Delivery.WAITING)
    message_id = models.CharField(
        max_length=120, unique=True, help_text="RFC 5322, the same at every attempt"
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["-created_at"], name="message_created")]
        constraints = [
            models.CheckConstraint(name="message_delivery_known", condition=Q(delivery__in=Delivery.values))
        ]

    def __str__(self) -> str:
        return self.subject


class Attempt(models.Model):
    """One try at delivering a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(auto_now_add=True)
    is_delivered = models.BooleanField()
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("attempt at delivery")
        verbose_name_plural = _("attempts at delivery")
        ordering = ("at",)
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=Q(is_delivered=True), name="message_delivered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.at:%Y-%m-%d %H:%M}"
