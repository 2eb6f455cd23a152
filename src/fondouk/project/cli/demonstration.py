"""`fondouk demo`: the synthetic network, loaded into an empty database and cleared away again."""

from __future__ import annotations

import click

from fondouk.project.cli.errors import Refused
from fondouk.project.cli.session import needs_database

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
    """Fill an empty database with the demonstration. It takes about half a minute."""
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

    click.echo("Writing the demonstration, about half a minute:", err=True)
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
    if link := setup_link():
        click.echo(f"Make the first account here, once, while Fondouk runs: {link}")
