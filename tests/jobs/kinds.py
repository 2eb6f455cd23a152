"""Kinds of jobs for the tests, known to the test run and to the workers it starts."""

from __future__ import annotations

import time
from typing import Any

from django.db import OperationalError
from django.utils import translation

from fondouk.jobs import kinds
from fondouk.jobs.work import RefusedWork, Work
from fondouk.people.models import Person

CSV = "text/csv"


def _leave_a_trace(work: Work) -> None:
    Person.objects.create(name=f"trace of {work.parameters.get('as', 'work')}")


@kinds.register("tests.quick", "Quick", tell=lambda job: f"told {job.outcome.result['answer']}")
def quick(work: Work) -> dict[str, Any]:
    _leave_a_trace(work)
    work.advance(1, 2)
    work.attach(b"a;b\n1;2\n", name="result.csv", kind=CSV)
    return {"answer": 42, "language": translation.get_language()}


@kinds.register("tests.closed", "Closed", permission="imports.run")
def closed(work: Work) -> dict[str, Any]:
    work.attach(b"a;b\n1;2\n", name="closed.csv", kind=CSV)
    return {}


@kinds.register("tests.slow", "Slow", unit="steps")
def slow(work: Work) -> dict[str, Any]:
    """Leaves its trace first, then takes its time."""
    _leave_a_trace(work)
    steps = work.parameters.get("steps", 20)
    for step in range(steps):
        work.advance(step, steps)
        time.sleep(work.parameters.get("wait", 0.1))
    work.advance(steps, steps)
    return {"steps": steps}


@kinds.register("tests.refused", "Refused")
def refused(work: Work) -> dict[str, Any]:
    _leave_a_trace(work)
    work.attach(b"a;b\n", name="result.csv", kind=CSV)
    raise RefusedWork({"why": "no"}, afterwards=lambda: Person.objects.create(name="afterwards"))


@kinds.register("tests.broken", "Broken")
def broken(work: Work) -> dict[str, Any]:
    _leave_a_trace(work)
    raise ValueError("the work has a fault")


@kinds.register("tests.interrupted", "Interrupted")
def interrupted(work: Work) -> dict[str, Any]:
    _leave_a_trace(work)
    raise OperationalError("server closed the connection unexpectedly")
