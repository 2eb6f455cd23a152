"""What reception does in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.reception.actions import end_visits


@app.periodic(cron="10 * * * *")
@app.task(name="reception.end", queueing_lock="reception.end")
def end(timestamp: int) -> None:
    """Every hour: midnight comes to each site at its own."""
    end_visits()
