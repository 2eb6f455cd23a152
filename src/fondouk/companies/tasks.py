"""Recurring duties of companies."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from fondouk.companies.actions.campaigns import remind_due


@app.periodic(cron="20 8 * * 1-6")
@app.task(name="companies.remind_due", queueing_lock="companies.remind_due")
def remind(timestamp: int) -> None:
    """In the morning of working days, so that nobody is written to at night."""
    remind_due(timezone.localdate())
