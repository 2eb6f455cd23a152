"""What the queue runs: jobs, and the duty that takes up those of killed workers."""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

from fondouk.jobs.actions import run_job

logger = logging.getLogger(__name__)

STALLED_AFTER = 30
"""Seconds without a sign of life after which a worker counts as dead."""


@app.task(name="jobs.run")
def run(job_id: str) -> None:
    run_job(job_id)


@app.periodic(cron="* * * * *")
@app.task(name="jobs.retry_stalled", queueing_lock="jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """A worker killed in the middle leaves its job "doing" for ever: give it back to the queue."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        logger.warning("Job %s of the queue is taken up again: its worker is gone", job.id)
        await manager.retry_job(job)
