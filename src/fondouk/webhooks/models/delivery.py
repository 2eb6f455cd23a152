"""A message, its way to each endpoint, and every try."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.sites.models import Site
from fondouk.webhooks.enums import OPEN, Kind, State

from .endpoint import Endpoint


class Event(models.Model):
    """Something that happened, written in the transaction in which it did. Its key is the message's own, whoever gets it and
    however often: receivers know by it what they have had already.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    data: Any = models.JSONField()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["at"], name="webhook_event_at")]
        constraints = [
            models.CheckConstraint(name="webhook_event_kind_known", condition=Q(kind__in=Kind.values))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Delivery(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    """Of this round; somebody who sends it again begins another."""
    next_at = models.DateTimeField(null=True, default=timezone.now)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["event", "endpoint"],
                name="webhook_delivery_once",
                violation_error_message=_("A message goes to each address once."),
            ),
            models.CheckConstraint(name="webhook_delivery_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="webhook_delivered_when",
                condition=~Q(state=State.DELIVERED) | Q(delivered_at__isnull=False),
                violation_error_message=_("What was delivered says when."),
            ),
            models.CheckConstraint(
                name="webhook_next_while_open",
                condition=Q(state__in=OPEN, next_at__isnull=False) | (~Q(state__in=OPEN) & Q(next_at=None)),
                violation_error_message=_("What is on its way says when it is tried."),
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "-id"], name="webhook_of_endpoint"),
            models.Index(fields=["next_at"], condition=Q(state__in=OPEN), name="webhook_due"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.endpoint_id}"


class Attempt(models.Model):
    """`status` is that of HTTP, None where no answer came; `said` the beginning of the answer, or what went wrong."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now, editable=False)
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    said = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("attempt at delivery")
        verbose_name_plural = _("attempts at delivery")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.status or '—'} {self.at:%Y-%m-%d %H:%M:%S}"

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300
