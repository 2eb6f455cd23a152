"""What the queue runs: jobs, the duty that takes up those of killed workers, and the broom."""

from __future__ import annotations

import logging

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from fondouk.jobs.actions import Interrupted, JobBusy, run_job

logger = logging.getLogger(__name__)

STALLED_AFTER = 30.0
"""Seconds without a sign of life after which a worker counts as dead."""

KEPT_HOURS = 7 * 24
"""How long the queue's own rows stay once they are over. (What people see of a job is kept by `Job`.)"""


@app.task(
    name="jobs.run", retry=RetryStrategy(wait=3, linear_wait=5, retry_exceptions={JobBusy, Interrupted})
)
def run(job_id: str) -> None:
    run_job(job_id)


@app.periodic(cron="* * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """A worker killed in the middle leaves what it did "doing" for ever: give it back to the queue.

    Recurring duties are not given back, their next turn does them: two of the same may not wait at once, and one that
    cannot be given back must not keep the others from it.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        logger.warning("Task %s (%s) is taken up again: its worker is gone", job.id, job.task_name)
        try:
            if job.queueing_lock:
                await manager.finish_job(job, status=Status.ABORTED, delete_job=False)
            else:
                await manager.retry_job(job)
        except ConnectorException:
            # Another worker was quicker.
            logger.warning("Task %s was taken up by somebody else", job.id, exc_info=True)


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.sweep", queueing_lock="jobs.sweep", pass_context=True)
async def sweep(context: JobContext, timestamp: int) -> None:
    """The queue's rows that have been over for a week."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
