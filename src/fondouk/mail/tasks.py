"""Delivery by the worker, tried again later and later."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from fondouk.mail.actions import ATTEMPTS, DeliveryFailed
from fondouk.mail.actions import deliver as deliver_message

WAIT = 5
"""Its powers are the seconds between tries: 5 s, 25 s, 2 min, 10 min, 52 min, 4 h, 22 h. A server may be down a night."""


@app.task(
    name="mail.deliver",
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=WAIT, retry_exceptions={DeliveryFailed}),
    pass_context=True,
)
def deliver(context: JobContext, message_id: int) -> None:
    deliver_message(message_id, is_last=context.job.attempts >= ATTEMPTS - 1)
