"""Uploads that are no books: refused beside the field, never a fault."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fondouk.imports.models import Book
from fondouk.imports.web import uploads
from fondouk.imports.web.forms import book as forms
from fondouk.jobs.enums import State
from fondouk.sites.enums import Role
from tests.factories import staff

from .samples import companies, upload, work, workbook

pytestmark = pytest.mark.django_db

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def director(client: Client) -> Client:
    client.force_login(staff(Role.DIRECTION))
    return client


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _block in range(600):
                part.write(bytes(1 << 20))
    return out.getvalue()


def said(client: Client, content: bytes, name: str) -> str:
    answer = client.post("/en/imports/new/", {"file": upload(content, name)})
    assert answer.status_code == 422
    assert not Book.objects.exists()
    text = answer.content.decode()
    return text[text.index('id="id_file_error"') :][:800]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "This file is empty."),
        (b"%PDF-1.7\n", "a.xlsx", "This is not a workbook."),
        (b"MZ\x90\x00" + bytes(90), "a.xlsx", "This is not a workbook."),
        (b"<html><table><tr><td>a</td></tr></table></html>", "a.csv", "This is not a workbook."),
        (OLE + bytes(600), "a.xls", "old Excel format"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "a.xlsx", "protected by a password"),
        (workbook(Un=[["a", "b"]])[:900], "a.xlsx", "damaged"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    director: Client, content: bytes, name: str, sentence: str
) -> None:
    assert sentence in said(director, content, name)


def test_a_bomb_is_not_opened(director: Client) -> None:
    assert "unpacks to far more" in said(director, bomb(), "a.xlsx")


def test_no_file_at_all(director: Client) -> None:
    answer = director.post("/en/imports/new/", {})
    assert answer.status_code == 422
    assert "Choose a workbook first." in answer.content.decode()


def test_a_file_too_large_is_let_go_as_it_comes(director: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    monkeypatch.setattr(uploads, "BESIDE_THE_FILE", 0)
    assert "This file is too large" in said(director, companies(*[("Khettara", "x", 1)] * 200), "a.csv")


def test_the_token_is_asked_for_although_the_handler_comes_first() -> None:
    account = staff(Role.DIRECTION)
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    answer = client.post(reverse("import_new"), {"file": upload(companies(("Khettara", "x", 1)))})
    assert answer.status_code == 403
    assert not Book.objects.exists()


def test_a_large_book_that_cannot_be_read_is_told_by_the_job(
    director: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "OPENED_AT_ONCE", 0)
    director.post(reverse("import_new"), {"file": upload(b"only one column\nand nothing else\n", "a.csv")})
    assert [job.state for job in work()] == [State.REFUSED]
    book = Book.objects.get()
    assert "This is not a workbook." in director.get(f"/en/imports/{book.pk}/").content.decode()
    for name in ("book_report", "book_refused"):
        assert director.get(reverse(name, args=[book.pk])).status_code == 404


def test_a_file_that_the_storage_lost_is_told_by_the_job(director: Client) -> None:
    director.post(reverse("import_new"), {"file": upload(companies(("Khettara", "x", 1)))})
    file = Book.objects.get().file
    file.content.storage.delete(file.content.name)
    assert [job.state for job in work()] == [State.REFUSED]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"PK\x03\x04", OLE, b"a;b\n1;2\n", b"\xff\xfe", workbook(Un=[["a", "b"]])[:200]]
    ),
    rest=st.binary(max_size=400),
    name=st.sampled_from(["a.xlsx", "a.csv", "a.ods", "../a\u202e.xlsx", "a", "é.txt"]),
)
def test_no_bytes_are_a_fault(director: Client, start: bytes, rest: bytes, name: str) -> None:
    answer = director.post(reverse("import_new"), {"file": upload(start + rest, name)})
    assert answer.status_code in (302, 422)
    assert all(job.state in (State.DONE, State.REFUSED) for job in work())
    if answer.status_code == 302:
        assert director.get(answer["Location"], follow=True).status_code == 200
