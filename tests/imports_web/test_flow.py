"""From an upload to an import and back, as a person does it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from fondouk.companies.models import Company, Figure
from fondouk.imports.jobs import APPLY, READ
from fondouk.imports.models import Book, HeaderMapping, Import
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job
from fondouk.sites.enums import Role
from tests.factories import staff

from .samples import companies, upload, work, workbook

pytestmark = pytest.mark.django_db

ROWS = (("Khettara", "Informatique", 12), ("Riwaq", "Informatique", -4), ("Tamazirt", "Informatique", 3))


@pytest.fixture
def director(client: Client) -> Iterator[Client]:
    client.force_login(staff(Role.DIRECTION, person__language="fr"))
    with translation.override("fr"):
        yield client


def send(client: Client, content: bytes, name: str = "entreprises.csv") -> Book:
    answer = client.post(reverse("import_new"), {"file": upload(content, name)})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Book.objects.latest("uploaded_at")


def page(client: Client, book: Book, **query: Any) -> str:
    answer = client.get(reverse("book", args=[book.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def preview_of(book: Book) -> dict[str, Any]:
    return Job.objects.filter(kind=READ, parameters__book=book.pk).latest("created_at").outcome.result


def confirm(client: Client, book: Book, **changed: Any) -> None:
    sent = {"fingerprint": preview_of(book)["fingerprint"], "leave_out": "1", **changed}
    client.post(reverse("book_confirmation", args=[book.pk]), sent)


def test_a_book_is_read_looked_at_written_and_taken_back(director: Client) -> None:
    book = send(director, companies(*ROWS))
    assert "data-polling" in page(director, book)
    assert [job.state for job in work()] == [State.DONE]
    assert not Company.objects.exists()
    shown = page(director, book)
    assert preview_of(book)["effects"] == "crc"
    assert "Riwaq" in shown and "Khettara" in shown
    refused = page(director, book, show="refused")
    assert "Riwaq" in refused and "Khettara" not in refused
    confirm(director, book)
    assert [job.outcome.result["created"] for job in work()] == [2]
    assert sorted(Company.objects.values_list("name", flat=True)) == ["Khettara", "Tamazirt"]
    run = Import.objects.get()
    assert run.book == book and run.applied_by is not None
    answer = director.get(reverse("book", args=[book.pk]))
    assert answer["Location"] == reverse("import_run", args=[run.pk])
    director.post(reverse("import_undo", args=[run.pk]))
    assert "data-polling" in director.get(reverse("import_run", args=[run.pk])).content.decode()
    work()
    assert not Company.objects.exists()
    assert director.get(reverse("import_run", args=[run.pk])).status_code == 200
    director.post(reverse("book_copy", args=[book.pk]))
    work()
    assert preview_of(Book.objects.latest("uploaded_at"))["effects"] == "crc"


def test_refused_rows_must_be_left_out_knowingly(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    assert reverse("book_confirmation", args=[book.pk]) not in page(director, book)
    assert reverse("book_confirmation", args=[book.pk]) in page(director, book, leave_out="1")
    confirm(director, book, leave_out="")
    assert not Job.objects.filter(kind=APPLY).exists()


def test_a_book_that_changes_nothing_has_nothing_to_confirm(director: Client) -> None:
    for expected in ("c", "n"):
        book = send(director, companies(ROWS[0]))
        work()
        assert preview_of(book)["effects"] == expected
        confirm(director, book)
        work()
    assert Import.objects.count() == 1


def test_nothing_is_written_that_nobody_saw(director: Client) -> None:
    """Between the preview and the confirmation somebody else brought one of the companies in."""
    book, other = send(director, companies(*ROWS)), send(director, companies(ROWS[0]))
    work()
    confirm(director, other)
    work()
    assert Company.objects.count() == 1
    confirm(director, book)
    first, again = work()
    assert (first.state, first.outcome.result["stale"]) == (State.REFUSED, True)
    assert (again.kind, preview_of(book)["effects"]) == (READ, "nrc")
    assert Company.objects.count() == 1
    confirm(director, book)
    work()
    assert Company.objects.count() == 2


def test_a_confirmation_of_an_older_preview_is_not_taken(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    confirm(director, book, fingerprint="of another day")
    assert not Job.objects.filter(kind=APPLY).exists()


def test_confirming_twice_writes_once(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    confirm(director, book)
    confirm(director, book)
    assert Job.objects.filter(kind=APPLY).count() == 1
    work()
    assert Import.objects.count() == 1


def test_an_import_that_was_built_on_is_not_undone_and_says_why(director: Client) -> None:
    book = send(director, companies(ROWS[0]))
    work()
    confirm(director, book)
    work()
    Company.objects.update(name="Khettara Labs")
    run = Import.objects.get()
    director.post(reverse("import_undo", args=[run.pk]))
    assert [job.state for job in work()] == [State.REFUSED]
    assert Company.objects.count() == 1
    assert "Khettara Labs" in director.get(reverse("import_run", args=[run.pk])).content.decode()


def test_a_reading_that_was_cancelled_can_be_asked_for_again(director: Client) -> None:
    book = send(director, companies(*ROWS))
    job = Job.objects.get()
    director.post(reverse("job_cancellation", args=[job.pk]))
    assert reverse("book_reading", args=[book.pk]) in page(director, book)
    director.post(reverse("book_reading", args=[book.pk]))
    work()
    assert preview_of(book)["effects"] == "crc"


def test_what_a_person_says_of_a_book_is_read_and_remembered(director: Client) -> None:
    headers = ("Boîte", "Gens")
    book = send(director, companies(("Khettara", 12), ("Riwaq", 3), headers=headers))
    work()
    mapping = reverse("book_mapping", args=[book.pk])
    assert director.get(reverse("book", args=[book.pk]))["Location"] == mapping
    shown = director.get(mapping, {"kind-0": "companies"}).content.decode()
    assert 'name="field-0-A"' in shown
    lacking = director.post(mapping, {"kind-0": "companies", "field-0-A": "", "field-0-B": "headcount"})
    assert lacking.status_code == 422
    director.post(mapping, {"kind-0": "companies", "field-0-A": "name", "field-0-B": ""})
    work()
    assert preview_of(book)["effects"] == "cc"
    assert HeaderMapping.objects.get(header="boite").field == "name"
    again = send(director, companies(("Sahrij", 12), headers=headers), "autre.csv")
    work()
    assert preview_of(again)["sheets"][0]["columns"][0]["field"] in ("name", "")


def test_a_sheet_may_be_left_out(director: Client) -> None:
    rows = [["Raison sociale", "Secteur", "Effectif"], ["Khettara", "Informatique", 12]]
    book = send(director, workbook(Un=rows, Deux=[rows[0], ["Riwaq", "Informatique", 2]]), "deux.xlsx")
    work()
    assert preview_of(book)["effects"] == "cc"
    fields = {
        f"field-{sheet['number']}-{column['letter']}": column["field"]
        for sheet in preview_of(book)["sheets"]
        for column in sheet["columns"]
    }
    director.post(reverse("book_mapping", args=[book.pk]), {**fields, "kind-0": "companies", "kind-1": ""})
    work()
    assert preview_of(book)["effects"] == "c"
    assert Book.objects.get(pk=book.pk).mapping == {"Deux": {"kind": "", "columns": {}}}


def test_unchanged_choices_are_not_kept_as_choices(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    fields = {
        f"field-0-{column['letter']}": column["field"] for column in preview_of(book)["sheets"][0]["columns"]
    }
    director.post(reverse("book_mapping", args=[book.pk]), {**fields, "kind-0": "companies"})
    assert not HeaderMapping.objects.exists()
    assert Job.objects.count() == 1


def test_sentences_are_those_of_the_reader(director: Client) -> None:
    """Read for somebody French; opened by a colleague in Arabic and in English."""
    book = send(director, companies(*ROWS))
    work()
    with translation.override("en"):
        english = page(director, book, show="refused")
        report = director.get(reverse("book_report", args=[book.pk])).json()
    assert "is negative. Write zero or more." in english
    assert report["sheets"][0]["refused"][0]["message"] == "“-4” is negative. Write zero or more."
    assert report["totals"]["companies"] == 2
    sentence = json.loads(json.dumps(preview_of(book)))
    assert "negative" not in json.dumps(sentence)


def test_refused_rows_go_back_to_whoever_typed_them(director: Client) -> None:
    book = send(director, companies(*ROWS, ("=1+1", "Informatique", -1)))
    work()
    answer = director.get(reverse("book_refused", args=[book.pk]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][2:] == ("Raison sociale", "Secteur", "Effectif")
    assert (rows[1][0], rows[1][2:]) == (3, ("Riwaq", "Informatique", "-4"))
    assert sheet["C3"].value == "=1+1" and sheet["C3"].data_type == "s"


def test_the_list_tells_books_and_imports_made_elsewhere(director: Client) -> None:
    send(director, companies(*ROWS), "classeur-du-parc.csv")
    Import.objects.create(name="from-the-machine.xlsx", sha256="0" * 64, report={"sheets": []})
    text = director.get(reverse("imports")).content.decode()
    assert "classeur-du-parc.csv" in text and "from-the-machine.xlsx" in text
    found = director.get(reverse("imports"), {"q": "machine"}).content.decode()
    assert "classeur-du-parc.csv" not in found and "from-the-machine.xlsx" in found


def test_everything_is_exported_by_a_job_and_imports_to_the_same(director: Client) -> None:
    book = send(director, companies(ROWS[0], ROWS[2]))
    work()
    confirm(director, book)
    work()
    answer = director.post(reverse("import_export"))
    [job] = work()
    assert director.get(answer["Location"]).status_code == 200
    exported = director.get(reverse("file", args=[job.outcome.file.pk]))
    again = send(director, b"".join(exported.streaming_content), "export.xlsx")
    work()
    assert set(preview_of(again)["effects"]) == {"n"}


def test_the_empty_workbook_is_understood(director: Client) -> None:
    answer = director.get(reverse("import_template"))
    book = send(director, answer.content, "vide.xlsx")
    work()
    assert [sheet["kind"] for sheet in preview_of(book)["sheets"]] == [
        "sites",
        "spaces",
        "companies",
        "contracts",
    ]


def test_the_unit_and_the_year_of_a_column_are_said_by_hand(director: Client) -> None:
    headers = ("Raison sociale", "Secteur", "Ventes (en unités)", "Remarques")
    book = send(director, companies(("Khettara", "Informatique", "3 680,5", "x"), headers=headers))
    work()
    shown = page(director, book)
    assert "2 colonnes ne sont pas importées" in shown and "Ventes (en unités)" in shown
    mapping = reverse("book_mapping", args=[book.pk])
    sent = {"kind-0": "companies", "field-0-A": "name", "field-0-B": "sector", "field-0-C": "turnover"}
    refused = director.post(mapping, {**sent, "year-field-0-C": "24"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "data-focus" in said and 'href="#sheet-0"' in said
    assert "en quelle unité" in said and "quatre chiffres" in said
    director.post(mapping, {**sent, "unit-field-0-C": "kmad", "year-field-0-C": "٢٠٢٤"})
    work()
    assert preview_of(book)["sheets"][0]["columns"][2]["unit"] == "kmad"
    shown = page(director, book)
    assert "3 680 500" in shown.replace("\u202f", " ").replace("\xa0", " ") and "tapé" in shown
    confirm(director, book)
    work()
    figure = Figure.objects.get()
    assert (figure.value, figure.period.lower.year) == (3_680_500, 2024)
    remembered = HeaderMapping.objects.get(kind="companies", field__startswith="turnover")
    assert remembered.field == "turnover@kmad"  # the year was that of this book


def test_what_will_be_written_is_shown_as_people_write_it(director: Client) -> None:
    headers = ("Raison sociale", "Secteur", "Effectif", "CA 2024 (KDH)")
    work_on = send(director, companies(("Khettara", "Informatique", 12, "1200,5"), headers=headers))
    work()
    shown = page(director, work_on).replace("\u202f", " ").replace("\xa0", " ")
    assert "1 200 500" in shown and "prise pour 2026" in shown
    confirm(director, work_on)
    work()
    again = send(director, companies(("Khettara", "Informatique", 1300, "1200,5"), headers=headers), "b.csv")
    work()
    shown = page(director, again).replace("\u202f", " ").replace("\xa0", " ")
    assert "<bdi>12</bdi>" in shown and "1 300" in shown and "12.00" not in shown


def test_a_book_that_nobody_needs_is_thrown_away(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    removal = reverse("book_removal", args=[book.pk])
    assert removal in page(director, book)
    assert director.post(removal, {"confirmation": "autre.csv"}).status_code == 422
    assert Book.objects.exists()
    director.post(removal, {"confirmation": "entreprises.csv"})
    assert not Book.objects.exists() and not Job.objects.exists()


def test_a_book_that_was_written_is_kept(director: Client) -> None:
    book = send(director, companies(*ROWS))
    work()
    confirm(director, book)
    work()
    director.post(reverse("book_removal", args=[book.pk]), {"confirmation": "entreprises.csv"})
    assert Book.objects.filter(pk=book.pk).exists()
