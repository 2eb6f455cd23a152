"""What bookings do in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.bookings.actions import extend_series, lapse, promote_all, release_missed, settle_credits


@app.periodic(cron="*/2 * * * *")
@app.task(name="bookings.release_missed", queueing_lock="bookings.release_missed")
def release_what_is_missed(timestamp: int) -> None:
    """Nobody came: the room is somebody else's."""
    release_missed()


@app.periodic(cron="*/10 * * * *")
@app.task(name="bookings.move_up", queueing_lock="bookings.move_up")
def move_up(timestamp: int) -> None:
    """What waits and is free, and what has waited too long."""
    promote_all()
    lapse()


@app.periodic(cron="40 3 * * *")
@app.task(name="bookings.extend_series", queueing_lock="bookings.extend_series")
def extend(timestamp: int) -> None:
    """Series that repeat for longer than rows are written."""
    extend_series()


@app.periodic(cron="20 * * * *")
@app.task(name="bookings.settle_credits", queueing_lock="bookings.settle_credits")
def settle(timestamp: int) -> None:
    settle_credits()
