"""Kinds of jobs: apps register what a long work does; `jobs` knows when, how far and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Job
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
    """Route of a page that shows the result, with `result_key` of the parameters or the result as its argument."""
    result_key: str = ""
    permission: str = ""
    """Who may see such jobs, their own included. Without one: whoever started it, and those with `jobs.view`."""
    tell: Callable[[Job], Any] | None = None
    """How it ended, in a sentence for people: what was done, or why it was refused."""
    unit: Any = ""
    """What is counted ("rows"), lazy."""
    is_repeatable: bool = True
    has_download: bool = True


KINDS: dict[str, JobKind] = {}

Run = Callable[["Work"], dict[str, Any]]


def register(code: str, label: Any, **details: Any) -> Callable[[Run], Run]:
    """Decorate the function that does the work of `code` ("imports.apply"). `details` as in `JobKind`."""

    def decorate(run: Run) -> Run:
        KINDS[code] = JobKind(code, label, run, **details)
        return run

    return decorate
