"""The command as a whole: help, and how commands end."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fondouk.lib.zones import StaleZones
from fondouk.project import cli
from fondouk.project.cli import main
from fondouk.project.cli.errors import Missing, Refused, Unreadable


def test_each_way_to_end_has_its_code() -> None:
    assert (Refused.exit_code, Unreadable.exit_code, Missing.exit_code) == (1, 3, 4)


def commands() -> list[list[str]]:
    context = click.Context(main)
    found: list[list[str]] = [[]]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        found.append([name])
        if isinstance(command, click.Group):
            found += [[name, below] for below in command.list_commands(context)]
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_has_help(path: list[str]) -> None:
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    body = [line for line in result.output.splitlines()[1:] if line.startswith("  ")]
    assert body and body[0].strip(), "a sentence that says what it does"


def test_a_wrong_usage_is_2() -> None:
    assert CliRunner().invoke(main, ["no-such-command"]).exit_code == 2
    assert CliRunner().invoke(main, ["run", "--port", "high"]).exit_code == 2


def test_a_file_that_is_not_there_is_3(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["restore", str(tmp_path / "none.tar")]).exit_code == 3


def test_a_data_folder_that_cannot_be_is_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FONDOUK_DATA", str(tmp_path / "file" / "data"))
    result = CliRunner().invoke(main, ["run"])
    assert result.exit_code == 4
    assert "FONDOUK_DATA" in result.output


def test_stale_time_zones_stop_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def stale() -> None:
        raise StaleZones("2025.2", None)

    monkeypatch.setattr(cli, "check_zones", stale)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 4
    assert "tzdata" in result.output
