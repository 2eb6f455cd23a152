"""What spaces do in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.spaces.actions import derive_claims


@app.periodic(cron="30 2 * * *")
@app.task(name="spaces.derive_claims", queueing_lock="spaces.derive_claims")
def derive(timestamp: int) -> None:
    """After an upgrade has brought other time-zone data; otherwise there is nothing to do."""
    derive_claims()
