"""`fondouk demo`: the synthetic network, loaded into an empty database and cleared away again."""

from __future__ import annotations

import json
import os
from urllib.parse import urlsplit

import click

from fondouk.project.cli.errors import Refused
from fondouk.project.cli.session import needs_database
from fondouk.runtime.data import DataFolder
from fondouk.runtime.locks import is_locked

FULL = "The database is not empty: the demonstration is loaded into an empty one only. Name another FONDOUK_DATA."


@click.group()
def demo() -> None:
    """The demonstration: a network of parks in which everything is invented."""


@demo.command("load")
@click.option(
    "--scale",
    type=click.FloatRange(0.02, 20),
    default=1.0,
    show_default=True,
    help="How many times the companies and offices of the usual one.",
)
@needs_database
def load(scale: float) -> None:
    """Fill an empty database with the demonstration. It takes half a minute to two, as quick as the machine is."""
    from fondouk.demo.actions import NotEmpty

    try:
        load_now(scale)
    except NotEmpty:
        raise Refused(FULL) from None
    click.echo("The demonstration is loaded. Open the first page and choose who to be.")


def load_now(scale: float = 1.0) -> None:
    """Load it, and say on standard error what is being written. Raises `NotEmpty`."""
    from django.utils import timezone

    from fondouk.demo.actions import load_demonstration
    from fondouk.lib.demonstration import Scene

    def say(what: str) -> None:
        click.echo(f"  {what} …", err=True)

    click.echo("Writing the demonstration, half a minute to two minutes:", err=True)
    load_demonstration(Scene(timezone.localdate(), scale, say=say))


@demo.command("clear")
@needs_database
def clear() -> None:
    """Remove the demonstration and whatever was done in it. The network is empty afterwards."""
    from fondouk.demo.actions import NotLoaded, clear_demonstration
    from fondouk.people.actions import setup_link

    try:
        clear_demonstration()
    except NotLoaded:
        raise Refused("The demonstration is not loaded.") from None
    click.echo("The demonstration is cleared.")
    link = setup_link()
    if link and (address := _where_it_answers()):
        click.echo(f"Make the first account here, once: {address}{urlsplit(link).path}")
    elif link:
        click.echo("The next `fondouk run` prints where the first account is made.")


def _where_it_answers() -> str:
    """As the operator has named it, else where it runs now; "" where it does not run."""
    if named := os.environ.get("FONDOUK_URL"):
        return named.rstrip("/")
    lock = DataFolder.from_environment().path / "run.lock"
    if not is_locked(lock):
        return ""
    try:
        return str(json.loads(lock.read_text())["url"]).rstrip("/")
    except (OSError, ValueError, KeyError):
        return ""
