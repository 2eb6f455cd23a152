"""What access does in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.access.actions import close_silent


@app.periodic(cron="40 * * * *")
@app.task(name="access.close_silent", queueing_lock="access.close_silent")
def forget_sessions(timestamp: int) -> None:
    """Every hour: sessions whose end was lost."""
    close_silent()
