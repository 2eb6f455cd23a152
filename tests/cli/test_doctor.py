"""`fondouk doctor`: a status and an advice for each thing it looks at."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from fondouk.project.cli import examinations, main
from fondouk.runtime.data import DataFolder

NAMES = ["database", "time zones", "disk", "queue", "cache", "mail"]


@pytest.mark.django_db(transaction=True)
def test_a_machine_can_read_it() -> None:
    result = CliRunner().invoke(main, ["doctor", "--json"])
    said = json.loads(result.stdout)
    assert [check["name"] for check in said["checks"]] == NAMES
    assert {check["status"] for check in said["checks"]} <= {"ok", "warn", "fail"}
    assert said["ok"] is True
    assert result.exit_code == 0


@pytest.mark.django_db(transaction=True)
def test_a_person_can_read_it() -> None:
    result = CliRunner().invoke(main, ["doctor"])
    assert "No worker runs: start `fondouk run`" in result.output
    assert "FONDOUK_SMTP_HOST" in result.output


def test_without_a_database_it_says_so_and_ends_with_4(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checks = {check.name: check.status for check in examinations.without_database("It does not answer.")}
    assert list(checks) == NAMES
    assert checks["database"] == "fail"

    monkeypatch.setattr("fondouk.project.cli.doctor.examine", lambda: examinations.without_database("Gone."))
    assert CliRunner().invoke(main, ["doctor", "--json"]).exit_code == 4


def test_a_key_that_others_can_read_is_a_fault(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.secret_key()
    assert examinations.disk(data).status in {"ok", "warn"}
    (data.path / "secret-key").chmod(0o644)
    assert examinations.disk(data).status == "fail"


def test_a_full_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examinations, "NO_SPACE", 2**80)
    check = examinations.disk(DataFolder(tmp_path / "data"))
    assert (check.status, bool(check.advice)) == ("fail", True)


def test_a_mail_server_that_does_not_answer_is_a_fault(settings) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", nobody.getsockname()[1]
        check = examinations.mail()
    assert check.status == "fail"
    assert "FONDOUK_SMTP_HOST" in check.advice
