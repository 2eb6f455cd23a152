"""What requests do in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.requests.actions import close_resolved


@app.periodic(cron="40 3 * * *")
@app.task(name="requests.close_resolved", queueing_lock="requests.close_resolved")
def close(timestamp: int) -> None:
    close_resolved()
