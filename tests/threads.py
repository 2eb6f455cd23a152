"""Several people at once: each in a thread and on a database connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

PATIENCE = 20
"""Seconds for which anybody waits for anybody: a test that hangs fails."""


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Begin all `acts` at the same moment. What each returned or raised, in their order."""
    start = threading.Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        try:
            start.wait(PATIENCE)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(PATIENCE * 2) for done in [pool.submit(begin, act) for act in acts]]


def committed_together(*acts: Callable[[], Any]) -> list[Any]:
    """As `together`, each in a transaction that commits only when all have done their part, or failed to."""
    end = threading.Barrier(len(acts))

    def in_transaction(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            try:
                with transaction.atomic():
                    done = act()
                    end.wait(PATIENCE)
                return done
            except Exception:
                end.abort()
                raise

        return run

    return together(*(in_transaction(act) for act in acts))


def errors(outcomes: list[Any]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]
