"""Delivery by the worker, tried again later and later."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fondouk.mail.actions import ATTEMPTS, DeliveryFailed
from fondouk.mail.actions import deliver as deliver_message


@app.task(
    name="mail.deliver",
    retry=RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=3, retry_exceptions={DeliveryFailed}),
)
def deliver(message_id: int) -> None:
    deliver_message(message_id)
