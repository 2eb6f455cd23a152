"""The nightly duty of forgetting notes about what was done long ago."""

from __future__ import annotations

from procrastinate.contrib.django import app

from fondouk.todos.actions import forget_old


@app.periodic(cron="50 3 * * *")
@app.task(name="todos.forget_old", queueing_lock="todos.forget_old")
def forget(timestamp: int) -> None:
    forget_old()
