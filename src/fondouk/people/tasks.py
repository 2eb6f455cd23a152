"""The nightly duty of removing what is kept no longer."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.people.actions import apply_retention


@app.periodic(cron="40 3 * * *")
@app.task(name="people.apply_retention", queueing_lock="people.apply_retention")
def retention(timestamp: int) -> None:
    apply_retention()
