"""The `fondouk` command. Each command is loaded when it is called, so that `run` begins at once."""

import errno
import importlib
import importlib.util
from typing import Any

import click

import fondouk
from fondouk.lib.zones import StaleZones, check_zones
from fondouk.project.cli.errors import Missing
from fondouk.runtime.errors import RuntimeFault

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
INTERRUPTED = 130
"""As shells have it for Ctrl-C, and no other ending has."""

COMMANDS = {
    "run": "fondouk.project.cli.run:run",
    "work": "fondouk.project.cli.work:work",
    "demo": "fondouk.project.cli.demonstration:demo",
    "import": "fondouk.project.cli.imports:import_book",
    "export": "fondouk.project.cli.imports:export_book",
    "user": "fondouk.project.cli.accounts:user",
    "token": "fondouk.project.cli.accounts:token",
    "backup": "fondouk.project.cli.backup:backup",
    "restore": "fondouk.project.cli.backup:restore",
    "billing": "fondouk.project.cli.billing:billing",
    "calendar": "fondouk.project.cli.calendar:calendar",
    "doctor": "fondouk.project.cli.doctor:doctor",
}


class Commands(click.Group):
    """Commands found by name; faults of the runtime leave with the exit code of `Missing`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, place in COMMANDS.items() if importlib.util.find_spec(place.partition(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            check_zones()
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped. What was not finished has not been written.", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None
        except (RuntimeFault, StaleZones) as fault:
            raise Missing(str(fault)) from fault
        except OSError as fault:
            if fault.errno not in FULL:
                raise
            raise Missing(f"There is no room to write: {fault}. Make some, then start again.") from fault


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(fondouk.__version__, prog_name="fondouk")
def main() -> None:
    """Fondouk, the operating system of an innovation hub network.

    The data folder is ./data, or FONDOUK_DATA. Its embedded database is used unless DATABASE_URL names
    another; a command that needs it starts it when it is not running, and stops it again.

    Exit codes: 0 done; 1 refused, nothing written; 2 wrong usage; 3 unreadable input; 4 something needed is
    missing; 130 stopped by Ctrl-C.
    """
