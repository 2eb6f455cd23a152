"""Writing messages, in the transaction in which something happens: what is taken back is never told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from fondouk.lib.prepared import Prepared
from fondouk.webhooks.enums import Kind
from fondouk.webhooks.models import Delivery, Endpoint, Event

ASKING = Prepared(lambda kind, site: Endpoint.objects.asking_for(kind, site).order_by("pk"), "kind", -7)


def announce(kind: Kind, site: int | None, said: Callable[[], dict[str, Any]]) -> Event | None:
    """To everybody who asks for it; None, and nothing is put into words, where nobody does."""
    endpoints = ASKING(str(kind), site) if site is not None else list(Endpoint.objects.asking_for(kind, None))
    return _write(kind, site, said(), endpoints) if endpoints else None


@transaction.atomic
def send_test(endpoint: Endpoint) -> Delivery:
    """A message to try it with, also where it is off."""
    event = _write(Kind.TEST, endpoint.site_id, {"webhook": endpoint.pk}, [endpoint])
    return event.deliveries.get()


@transaction.atomic
def _write(kind: Kind, site: int | None, data: dict[str, Any], endpoints: list[Endpoint]) -> Event:
    event = Event.objects.create(kind=kind, site_id=site, data=data)
    for one in Delivery.objects.bulk_create(Delivery(event=event, endpoint=one) for one in endpoints):
        queue(one)
    return event


def queue(delivery: Delivery) -> None:
    """The worker sees it when the transaction is committed, never before."""
    from procrastinate.contrib.django import app

    app.configure_task("webhooks.deliver").defer(delivery_id=delivery.pk)
