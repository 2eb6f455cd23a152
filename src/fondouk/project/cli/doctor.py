"""`fondouk doctor`: what is well, what is not, and what to do about it."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

import click

from fondouk.project.cli.errors import Missing
from fondouk.project.cli.session import database_session

Status = Literal["ok", "warn", "fail"]
SIGNS: dict[Status, tuple[str, str]] = {
    "ok": ("ok", "green"),
    "warn": ("look", "yellow"),
    "fail": ("FAIL", "red"),
}


@dataclass(frozen=True)
class Check:
    """One thing looked at. `advice` is empty when there is nothing to do."""

    name: str
    status: Status
    detail: str
    advice: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for a machine to read.")
def doctor(as_json: bool) -> None:
    """Check the database, time-zone data, disk, queue, cache and mail, and say what to do.

    Leaves with 4 when something is broken, with 0 when all is well or only deserves a look.
    """
    checks = examine()
    broken = any(check.status == "fail" for check in checks)
    if as_json:
        click.echo(
            json.dumps({"ok": not broken, "checks": [asdict(check) for check in checks]}, ensure_ascii=False)
        )
    else:
        for check in checks:
            word, colour = SIGNS[check.status]
            click.echo(f"{click.style(f'{word:>4}', fg=colour)}  {check.name:<10} {check.detail}")
            if check.advice:
                click.echo(f"{'':>16} → {check.advice}")
    if broken:
        raise click.exceptions.Exit(Missing.exit_code)


def examine() -> list[Check]:
    """Every check in a fixed order, also when there is no database to ask."""
    from fondouk.project.cli import examinations
    from fondouk.runtime.errors import RuntimeFault

    try:
        with database_session() as data:
            return [
                examinations.database(),
                examinations.zones(),
                examinations.disk(data),
                examinations.queue(),
                examinations.cache(),
                examinations.mail(),
            ]
    except (click.ClickException, RuntimeFault) as fault:
        return examinations.without_database(str(fault))
