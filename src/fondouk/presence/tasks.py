"""What presence does in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.presence.actions import forget_presences


@app.periodic(cron="5 * * * *")
@app.task(name="presence.forget", queueing_lock="presence.forget")
def forget(timestamp: int) -> None:
    """Every hour: midnight comes to each site at its own."""
    forget_presences()
