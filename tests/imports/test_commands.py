"""`fondouk import` and `fondouk export`, by what they print, write and leave with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fondouk.companies.models import Company
from fondouk.imports.models import HeaderMapping, Import
from fondouk.project.cli import main
from fondouk.sites.models import Site

from . import books

pytestmark = pytest.mark.django_db
DONE, REFUSED, USAGE, UNREADABLE = 0, 1, 2, 3
HUB = Path(__file__).parent.parent / "data" / "hub-workbook.xlsx"


def fondouk(*arguments: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def file(tmp_path: Path, **sheets: books.Rows) -> Path:
    return books.write_xlsx(tmp_path / "book.xlsx", dict(sheets))


@pytest.fixture
def right(tmp_path: Path) -> Path:
    return file(tmp_path, **{sheet.name: sheet.rows for sheet in books.small_book().sheets})


def test_a_book_that_is_right(right: Path) -> None:
    first, second = fondouk("import", right, "--lang", "en"), fondouk("import", right, "--lang", "en")
    assert (first.exit_code, second.exit_code) == (DONE, DONE)
    assert "Imported." in first.stdout and "Nothing new." in second.stdout
    assert "Rien de nouveau." in fondouk("import", right).stdout
    assert Import.objects.get().sha256 and Company.objects.count() == 3


def test_refused_rows_are_printed_reported_and_nothing_is_written(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    answer = fondouk("import", HUB, "--lang", "en", "--report", report)
    assert answer.exit_code == REFUSED
    assert (
        "Entreprises 34 · Effectif · -16: “-16” is negative. Write zero or more. [negative]" in answer.stdout
    )
    assert "10 rows are refused: nothing was written" in answer.stdout
    found = json.loads(report.read_text())
    assert found["outcome"] == "refused" and found["totals"]["companies"] == 54
    assert [len(sheet["refused"]) for sheet in found["sheets"]] == [0, 0, 7, 3]
    assert not Company.objects.exists() and not Import.objects.exists()


def test_refused_rows_left_out() -> None:
    answer = fondouk("import", HUB, "--skip-refused")
    assert (answer.exit_code, Company.objects.count()) == (DONE, 54)


def test_a_dry_run_writes_nothing_and_says_what_would_be(right: Path) -> None:
    answer = fondouk("import", right, "--dry-run", "--json")
    found = json.loads(answer.stdout)
    assert (answer.exit_code, found["outcome"]) == (DONE, "read")
    assert [(sheet["kind"], sheet["created"]) for sheet in found["sheets"]] == [
        ("sites", 1),
        ("spaces", 3),
        ("companies", 3),
        ("contracts", 2),
    ]
    assert not Site.objects.exists()
    assert fondouk("import", HUB, "--dry-run").exit_code == REFUSED


@pytest.mark.parametrize(("language", "sentence"), [("fr", "Aucune"), ("en", "No sheet"), ("ar", "")])
def test_nothing_understood_is_unreadable_input(language: str, sentence: str, tmp_path: Path) -> None:
    answer = fondouk("import", file(tmp_path, A=[["x", "y"], [1, 2]]), "--lang", language)
    assert answer.exit_code == UNREADABLE
    assert language == "fr" or sentence in answer.stderr


def test_unreadable_files(tmp_path: Path) -> None:
    assert fondouk("import", tmp_path / "none.xlsx").exit_code == UNREADABLE
    (tmp_path / "page.xlsx").write_text("<html></html>")
    answer = fondouk("import", tmp_path / "page.xlsx", "--lang", "en")
    assert (answer.exit_code, "not a workbook" in answer.stderr) == (UNREADABLE, True)


def test_headers_said_on_the_command_line(tmp_path: Path) -> None:
    rows = [["Raison sociale", "Patron", "Secteur", "Effectif"], ["Atlas", "Amina", "Sorcellerie", 5]]
    path = file(tmp_path, Entreprises=rows)
    answer = fondouk("import", path, "--map", "Patron=manager", "--map", "companies:Secteur=", "--json")
    assert answer.exit_code == DONE, answer.output
    company = Company.objects.get()
    assert company.memberships.get().person.name == "Amina"
    assert not company.sector_assignments.exists()
    assert not HeaderMapping.objects.exists()  # said for this book only


@pytest.mark.parametrize("said", ["Patron=chief", "Patron", "=manager", "sites:Patron=manager"])
def test_a_field_that_does_not_exist_is_a_mistake_of_usage(said: str, right: Path) -> None:
    answer = fondouk("import", right, "--map", said)
    assert answer.exit_code == USAGE
    assert "sites:city" in answer.stderr
    assert not Site.objects.exists()


def test_a_report_that_cannot_be_written_is_found_out_first(right: Path, tmp_path: Path) -> None:
    assert fondouk("import", right, "--report", tmp_path / "none" / "r.json").exit_code == USAGE
    assert not Site.objects.exists()


def test_export_and_import_again(right: Path, tmp_path: Path) -> None:
    fondouk("import", right)
    target = tmp_path / "out.xlsx"
    answer = fondouk("export", target, "--json", "--lang", "ar")
    assert (answer.exit_code, json.loads(answer.stdout)["rows"]["companies"]) == (DONE, 3)
    assert fondouk("export", target).exit_code == REFUSED
    assert fondouk("export", target, "--force").exit_code == DONE
    again = json.loads(fondouk("import", target, "--json").stdout)
    assert again["outcome"] == "unchanged"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
