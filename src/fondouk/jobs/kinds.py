"""Kinds of jobs: apps register what a long work does; `jobs` knows when, how far and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .work import Work


@dataclass(frozen=True)
class JobKind:
    """`run(work)` does the work inside one transaction, and returns the result as JSON.

    The transaction also holds the outcome: a job that is taken up again after a killed worker starts from its
    beginning, on a database where nothing of the first try is left.
    """

    code: str
    label: Any
    run: Callable[[Work], dict[str, Any]]
    result_route: str = ""
    """Route of the page that shows the result, with the job's id as its argument."""


KINDS: dict[str, JobKind] = {}


def register(
    code: str, label: Any, *, result_route: str = ""
) -> Callable[[Callable[[Work], dict[str, Any]]], Callable[[Work], dict[str, Any]]]:
    """Decorate the function that does the work of `code` ("imports.apply")."""

    def decorate(run: Callable[[Work], dict[str, Any]]) -> Callable[[Work], dict[str, Any]]:
        KINDS[code] = JobKind(code, label, run, result_route)
        return run

    return decorate
