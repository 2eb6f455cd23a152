"""A worker as `fondouk work` starts it, with a quicker clock: heartbeats, stalled workers and recurring
duties.
"""

import django

django.setup()

from procrastinate import periodic  # noqa: E402
from procrastinate.contrib.django import app  # noqa: E402

import tests.jobs.kinds  # noqa: E402, F401
from fondouk.jobs import tasks  # noqa: E402

HEARTBEAT = 0.3
STALLED = 1.5


def main() -> None:
    tasks.STALLED_AFTER = STALLED
    duty = app.periodic_registry.periodic_tasks["jobs.retry_stalled", ""]
    assert duty.cron == "* * * * *"
    # Every second: the sixth field.
    app.periodic_registry.periodic_tasks["jobs.retry_stalled", ""] = periodic.PeriodicTask(
        task=duty.task, cron="* * * * * *", periodic_id="", configure_kwargs=duty.configure_kwargs
    )
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(
            concurrency=2,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            shutdown_graceful_timeout=2,
            fetch_job_polling_interval=0.5,
        )


if __name__ == "__main__":
    main()
