"""`fondouk billing`: the proof that invoices are numbered without a gap and have not changed."""

from __future__ import annotations

import json

import click

from fondouk.project.cli.session import needs_database

REFUSED = 1


@click.group()
def billing() -> None:
    """Invoices, from the operator's side."""


@billing.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@needs_database
def verify_papers(as_json: bool) -> None:
    """Read every issued paper: its number, its sums, and the chain of hashes. Leaves with 1 where something is wrong."""
    from fondouk.billing.queries import verify

    proof = verify()
    if as_json:
        faults = [{"code": one.code, "series": one.series, "number": one.number} for one in proof.faults]
        click.echo(json.dumps({"papers": proof.papers, "series": proof.series, "faults": faults}))
    else:
        for one in proof.faults:
            click.echo(str(one), err=True)
        click.echo(f"{proof.papers} papers in {proof.series} series: {len(proof.faults)} faults.")
    if proof.faults:
        raise click.exceptions.Exit(REFUSED)
