"""Workers that are killed, asked to stop, or two at once. Each is a process of its own."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

import tests.jobs.kinds  # noqa: F401
from fondouk.jobs.actions import cancel_job, start
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job, JobOutcome
from fondouk.people.models import Person
from tests.factories import PersonFactory

Begin = Callable[[], "subprocess.Popen[bytes]"]
Until = Callable[..., None]

pytestmark = pytest.mark.usefixtures("shared_database")


def state(job: Job) -> State:
    return Job.objects.told().get(pk=job.pk).state


def traces(name: str = "trace") -> int:
    return Person.objects.filter(name__startswith=name).count()


def test_a_job_is_done_and_its_progress_is_seen_meanwhile(start_worker: Begin, until: Until) -> None:
    job = start("tests.slow", {"steps": 30}, by=PersonFactory())
    start_worker()
    seen = set()

    def is_done() -> bool:
        now = Job.objects.told().get(pk=job.pk)
        if now.state == State.RUNNING and now.progress.total:
            seen.add((now.progress.done, now.progress.total))
            # Its transaction is open; should a trace be seen, it was closed between two of our looks.
            assert traces() == 0 or Job.objects.told().get(pk=job.pk).is_finished
        return now.is_finished

    until(is_done)
    assert state(job) == State.DONE
    assert traces() == 1
    assert len(seen) > 2
    assert {total for _done, total in seen} == {30}


def test_a_worker_killed_in_the_middle_is_replaced_and_the_effect_is_there_once(
    start_worker: Begin, until: Until
) -> None:
    job = start("tests.slow", {"steps": 30}, by=None)
    killed = start_worker()
    until(lambda: state(job) == State.RUNNING)
    killed.kill()
    killed.wait()
    assert not JobOutcome.objects.exists() and traces() == 0
    start_worker()
    until(lambda: state(job) == State.DONE)
    told = Job.objects.told().get(pk=job.pk)
    assert (traces(), told.progress.attempt) == (1, 2)


def test_the_duty_that_takes_up_jobs_survives_its_own_death(start_worker: Begin, until: Until) -> None:
    """Its rows left "doing" by killed workers must not keep it from taking up the jobs of others."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    first = start_worker()
    until(lambda: ProcrastinateJob.objects.filter(task_name="jobs.retry_stalled").exists())
    first.kill()
    first.wait()
    # As if it had been killed within the duty, with the next turn of it waiting already.
    job = start("tests.slow", {"steps": 5}, by=None)
    _make_stalled("jobs.retry_stalled")
    _make_stalled("jobs.run")
    start_worker()
    until(lambda: state(job) == State.DONE)
    assert traces() == 1


def _make_stalled(task: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL "
            "WHERE id = (SELECT max(id) FROM procrastinate_jobs WHERE task_name = %s)",
            [task],
        )


def test_one_that_is_cancelled_while_it_runs_leaves_nothing(start_worker: Begin, until: Until) -> None:
    job, person = start("tests.slow", {"steps": 300}, by=None), PersonFactory()
    start_worker()
    until(lambda: state(job) == State.RUNNING)
    cancel_job(job, by=person)
    assert state(job) == State.CANCELLING
    until(lambda: state(job) == State.CANCELLED)
    assert traces() == 0


def test_one_whose_worker_was_killed_can_be_cancelled_without_another(
    start_worker: Begin, until: Until
) -> None:
    job = start("tests.slow", {"steps": 300}, by=None)
    worker = start_worker()
    until(lambda: state(job) == State.RUNNING)
    worker.kill()
    worker.wait()

    def is_cancelled() -> bool:
        # The server may take a moment to see that the killed worker is gone.
        cancel_job(job, by=None)
        return state(job) == State.CANCELLED

    until(is_cancelled)
    start_worker()
    other = start("tests.quick", by=None)
    until(lambda: state(other) == State.DONE)
    assert traces() == 1


def test_a_fault_and_a_refusal_do_not_stop_the_worker(start_worker: Begin, until: Until) -> None:
    broken, refused = start("tests.broken", by=None), start("tests.refused", by=None)
    good = start("tests.quick", by=None)
    start_worker()
    until(lambda: all(state(job).value in ("failed", "refused", "done") for job in (broken, refused, good)))
    assert (state(broken), state(refused), state(good)) == (State.FAILED, State.REFUSED, State.DONE)
    assert traces() == 1


def test_two_workers_do_each_job_once(start_worker: Begin, until: Until) -> None:
    start_worker()
    start_worker()
    jobs = [start("tests.slow", {"steps": 2, "as": f"{n:02}"}, by=None) for n in range(12)]
    until(lambda: JobOutcome.objects.count() == len(jobs))
    names = sorted(Person.objects.filter(name__startswith="trace").values_list("name", flat=True))
    assert names == [f"trace of {n:02}" for n in range(12)]


def test_a_stalled_worker_that_comes_back_to_life_does_not_do_it_twice(
    start_worker: Begin, until: Until
) -> None:
    """It was only stopped, say by a machine that slept: its job is taken up by another meanwhile."""
    job = start("tests.slow", {"steps": 30}, by=None)
    sleeping = start_worker()
    until(lambda: state(job) == State.RUNNING)
    _freeze(sleeping)
    start_worker()
    until(lambda: _tries() >= 2)
    sleeping.send_signal(signal.SIGCONT)
    until(lambda: state(job) == State.DONE)
    assert traces() == 1


def _freeze(worker: subprocess.Popen[bytes]) -> None:
    """Stop it while it works, but not between two statements of the queue's own: the lock of a row in the queue
    would stay, and whoever comes after waits until the database ends that transaction.
    """
    while True:
        worker.send_signal(signal.SIGSTOP)
        time.sleep(0.1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
                " WHERE pid <> pg_backend_pid() AND relname LIKE 'procrastinate%' AND mode <> 'AccessShareLock'"
            )
            if not cursor.fetchone()[0]:
                return
        worker.send_signal(signal.SIGCONT)
        time.sleep(0.03)


def _tries() -> Any:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.get(task_name="jobs.run").attempts
