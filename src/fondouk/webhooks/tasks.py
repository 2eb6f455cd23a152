"""Delivery by the worker, tried again later and later."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fondouk.webhooks.actions import TRIES, NotDelivered
from fondouk.webhooks.actions import deliver as deliver_message
from fondouk.webhooks.actions.delivering import WAIT


@app.task(
    name="webhooks.deliver",
    retry=RetryStrategy(max_attempts=TRIES - 1, exponential_wait=WAIT, retry_exceptions={NotDelivered}),
)
def deliver(delivery_id: int) -> None:
    deliver_message(delivery_id)
