"""Handing a message over, and what becomes of it when that does not work."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.webhooks import verbs
from fondouk.webhooks.enums import OPEN, Kind, State
from fondouk.webhooks.models import Attempt, Delivery, Endpoint
from fondouk.webhooks.posting import Answer, post
from fondouk.webhooks.signing import headers

logger = logging.getLogger(__name__)

TRIES = 8
WAIT = 5
"""Its powers are the seconds between tries: 5 s, 25 s, 2 min, 10 min, 52 min, 4 h, 22 h."""
GONE = 410


class NotDelivered(Exception):
    """The receiver did not take it; the worker tries again later."""


def deliver(delivery_id: int) -> None:
    """Send one message, unless it was received. Raises `NotDelivered` to be tried again.

    The row is held meanwhile: of two workers one sends. One that is killed between the answer and the commit sends it
    again, under the same id.
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        found = rows.select_related("event", "endpoint").filter(pk=delivery_id, state__in=OPEN).first()
        if found is None:
            return
        if not found.endpoint.is_on and found.event.kind != Kind.TEST:
            _leave(found, State.DROPPED)
            return
        answer = _send(found)
        found.tries += 1
        Attempt.objects.create(
            delivery=found, milliseconds=answer.milliseconds, status=answer.status, said=answer.said
        )
        if answer.is_good:
            found.delivered_at = timezone.now()
            _leave(found, State.DELIVERED)
            return
        logger.warning("Webhook %s was not received: %s %s", found, answer.status, answer.said)
        if answer.status == GONE:
            _leave(found, State.FAILED)
            _switch_off(found.endpoint)
            return
        if found.tries >= TRIES:
            _leave(found, State.FAILED)
            return
        found.state = State.RETRYING
        found.next_at = timezone.now() + timedelta(seconds=WAIT**found.tries)
        found.save(update_fields=["state", "tries", "next_at"])
    raise NotDelivered


def _send(delivery: Delivery) -> Answer:
    event, endpoint = delivery.event, delivery.endpoint
    message = {"type": event.kind, "timestamp": event.at.isoformat(), "data": event.data}
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    signed = headers(endpoint.pk, endpoint.turn, endpoint.turned_at, str(event.pk), body, timezone.now())
    return post(endpoint.url, body, signed)


def _leave(delivery: Delivery, state: State) -> None:
    delivery.state, delivery.next_at = state, None
    delivery.save(update_fields=["state", "tries", "next_at", "delivered_at"])


def _switch_off(endpoint: Endpoint) -> None:
    """Its receiver says that it wants nothing any more."""
    if Endpoint.objects.filter(pk=endpoint.pk, is_on=True).update(is_on=False):
        record(verbs.GONE, endpoint, by=None, label=endpoint.label)
