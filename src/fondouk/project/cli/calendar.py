"""`fondouk calendar`: the calendar of occupation, from the operator's side."""

from __future__ import annotations

import click

from fondouk.project.cli.session import needs_database


@click.group()
def calendar() -> None:
    """The calendar of what occupies spaces."""


@calendar.command("derive")
@needs_database
def derive() -> None:
    """Work out again what was derived with other time-zone data. It is done every night as well."""
    from fondouk.spaces.actions import derive_claims

    displaced = derive_claims()
    for one in displaced:
        click.echo(f"No place any more: {one.kind} {one.owner} ({one}), part {one.part_id}, {one.during}")
    click.echo(f"Done. {len(displaced)} without a place." if displaced else "Done.")
