"""A job done once: its effects and its outcome stand or fall together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import tests.jobs.kinds  # noqa: F401
from fondouk.jobs.actions import (
    Interrupted,
    MayNotRepeat,
    UnknownKind,
    cancel_job,
    repeat_job,
    run_job,
    start,
)
from fondouk.jobs.actions.running import TRIES
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job, JobCancellation, JobProgress
from fondouk.people.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def traces() -> int:
    return Person.objects.filter(name__startswith="trace").count()


def ended(kind: str, **parameters: Any) -> Job:
    job = start(kind, parameters, by=None)
    run_job(job.pk)
    return Job.objects.told().get(pk=job.pk)


def test_a_job_waits_until_a_worker_takes_it() -> None:
    job = start("tests.quick", label="book.xlsx", by=PersonFactory())
    assert Job.objects.told().get(pk=job.pk).state == State.WAITING


def test_what_it_returns_and_attaches_is_kept() -> None:
    job = ended("tests.quick")
    assert job.state == State.DONE
    assert job.outcome.result["answer"] == 42
    assert job.outcome.file.content.read() == b"a;b\n1;2\n"
    assert traces() == 1


def test_a_second_worker_finds_it_done() -> None:
    job = ended("tests.quick")
    assert run_job(job.pk).pk == job.outcome.pk
    assert traces() == 1


def test_it_works_in_the_language_of_whoever_asked() -> None:
    job = start("tests.quick", by=PersonFactory(language="ar"))
    with translation.override("fr"):
        assert run_job(job.pk).result["language"] == "ar"


def test_a_fault_leaves_nothing_but_its_description(caplog: pytest.LogCaptureFixture) -> None:
    job = ended("tests.broken")
    assert job.state == State.FAILED
    assert job.outcome.error == "ValueError: the work has a fault"
    assert traces() == 0


def test_a_refusal_takes_everything_back_and_says_why(storage: Path) -> None:
    job = ended("tests.refused")
    assert job.state == State.REFUSED
    assert job.outcome.result == {"why": "no"}
    assert job.outcome.file is None
    assert traces() == 0
    assert Person.objects.filter(name="afterwards").exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_one_that_waits_is_cancelled_at_once_and_never_done() -> None:
    job, person = start("tests.quick", by=None), PersonFactory()
    cancel_job(job, by=person)
    assert Job.objects.told().get(pk=job.pk).state == State.CANCELLED
    assert JobCancellation.objects.get(job=job).by == person
    run_job(job.pk)
    assert traces() == 0


def test_cancelling_what_is_over_changes_nothing() -> None:
    job = ended("tests.quick")
    cancel_job(job, by=None)
    assert not JobCancellation.objects.filter(job=job).exists()


def test_one_that_runs_stops_at_its_next_note_of_progress() -> None:
    job = start("tests.slow", {"steps": 3, "wait": 0}, by=None)
    JobCancellation.objects.create(job=job)
    assert run_job(job.pk).outcome == State.CANCELLED
    assert traces() == 0


def test_an_interruption_is_for_the_queue_to_try_again() -> None:
    job = start("tests.interrupted", by=None)
    with pytest.raises(Interrupted):
        run_job(job.pk)
    assert not Job.objects.told().get(pk=job.pk).is_finished
    assert traces() == 0


def test_a_job_that_always_takes_its_worker_down_is_given_up() -> None:
    job = start("tests.quick", by=None)
    JobProgress.objects.create(job=job, attempt=TRIES)
    outcome = run_job(job.pk)
    assert outcome.outcome == State.FAILED
    assert "never finished" in outcome.error


def test_a_failed_job_may_be_asked_for_again_and_a_done_one_not() -> None:
    failed = ended("tests.broken", some="thing")
    again = repeat_job(failed, by=None)
    assert again.pk != failed.pk
    assert (again.kind, again.parameters) == (failed.kind, failed.parameters)
    with pytest.raises(MayNotRepeat):
        repeat_job(ended("tests.quick"), by=None)


def test_a_kind_nobody_registered_cannot_be_asked_for() -> None:
    with pytest.raises(UnknownKind):
        start("tests.unheard_of", by=None)


def test_states_are_the_same_in_a_query_as_on_the_object() -> None:
    jobs = [
        start("tests.quick", by=None),
        ended("tests.quick"),
        ended("tests.broken"),
        ended("tests.refused"),
    ]
    running = start("tests.quick", by=None)
    JobProgress.objects.create(job=running)
    stopping = start("tests.quick", by=None)
    JobProgress.objects.create(job=stopping)
    JobCancellation.objects.create(job=stopping)
    cancelled = start("tests.quick", by=None)
    cancel_job(cancelled, by=None)
    expected = [*jobs, running, stopping, cancelled]
    found = {state: set(Job.objects.in_state(state).values_list("pk", flat=True)) for state in State}
    for job in expected:
        state = Job.objects.told().get(pk=job.pk).state
        assert [known for known, keys in found.items() if job.pk in keys] == [state]
