"""`fondouk work`: a worker of the queue."""

import click

from fondouk.project.cli.session import needs_database

HEARTBEAT = 5.0
STALLED_AFTER = 30.0
GRACE = 8.0


@click.command()
@click.option(
    "--concurrency",
    type=click.IntRange(1, 16),
    default=2,
    show_default=True,
    envvar="FONDOUK_WORK_CONCURRENCY",
    help="Jobs at once.",
)
@click.option(
    "--until-empty", is_flag=True, help="Leave when nothing is left to do, rather than wait for more."
)
@needs_database
def work(concurrency: int, until_empty: bool) -> None:
    """Do background work: imports, mail, documents, recurring duties.

    `fondouk run` starts one of these. More may run, on any machine that reaches the database. A worker that
    is stopped finishes what it can in a few seconds; what is left, another takes up again.
    """
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    # A worker told to stop while its database is gone does not wait half a minute to say goodbye to it.
    connector = PsycopgConnector(kwargs=connector_params(), timeout=GRACE)
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(
            concurrency=concurrency,
            wait=not until_empty,
            listen_notify=True,
            shutdown_graceful_timeout=GRACE,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
        )
