"""Keeping files, and handing them to those who may have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fondouk.files import readers
from fondouk.files.actions import FileRefused, delete_file, keep_made, store_file
from fondouk.files.models import StoredFile
from fondouk.files.queries import local_copy
from fondouk.files.sniffing import CSV, PDF, XLSM
from tests.factories import AccountFactory, PersonFactory

from .samples import CSV_BYTES, EXE_BYTES, HTML_BYTES, PDF_BYTES, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The accounts that may read every file, until the test ends."""
    accounts: list[Any] = []
    monkeypatch.setattr(readers, "READERS", [lambda account, stored: account in accounts])
    return accounts


def upload(content: bytes = PDF_BYTES, name: str = "statuts.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_a_file_is_kept_under_a_name_nobody_chose(storage: Path) -> None:
    person = PersonFactory()
    stored = store_file(upload(name="../état\u202e des lieux.exe"), by=person)
    assert (stored.name, stored.content_type, stored.size) == ("état des lieux.exe.pdf", PDF, len(PDF_BYTES))
    assert stored.uploaded_by == person
    assert [path.name for path in storage.rglob("*") if path.is_file()] == [stored.pk.hex]


@pytest.mark.parametrize(
    ("content", "name", "limit", "code"),
    [
        (b"", "a.pdf", 100, "empty"),
        (PDF_BYTES, "a.pdf", 10, "large"),
        (EXE_BYTES, "a.pdf", 1000, "type"),
        (HTML_BYTES, "a.csv", 1000, "type"),
        (office(XLSM), "a.xlsm", 10_000, "type"),
    ],
)
def test_refusals_write_nothing(storage: Path, content: bytes, name: str, limit: int, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        store_file(upload(content, name), by=None, limit=limit)
    assert refused.value.code == code
    assert str(refused.value)
    assert not StoredFile.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_a_kind_may_be_narrowed() -> None:
    with pytest.raises(FileRefused):
        store_file(upload(), by=None, accepted={CSV})
    assert store_file(upload(CSV_BYTES, "a.csv"), by=None, accepted={CSV}).content_type == CSV


def test_deleting_removes_the_bytes_once_that_is_certain(
    storage: Path, django_capture_on_commit_callbacks: Any
) -> None:
    stored = store_file(upload(), by=None)
    with django_capture_on_commit_callbacks() as later:
        delete_file(stored)
    assert [path for path in storage.rglob("*") if path.is_file()]
    for callback in later:
        callback()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_an_anonymous_visitor_is_sent_to_sign_in(client: Client) -> None:
    stored = store_file(upload(), by=None)
    answer = client.get(reverse("file", args=[stored.pk]))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_nobodys_yes_is_a_404(client: Client, readable: list[Any]) -> None:
    account = AccountFactory()
    stored = store_file(upload(), by=account.person)
    client.force_login(account)
    assert client.get(reverse("file", args=[stored.pk])).status_code == 404


def test_one_yes_hands_it_out_as_a_download(client: Client, readable: list[Any]) -> None:
    account = AccountFactory()
    readable.append(account)
    stored = store_file(upload(name="عقد الكراء.pdf"), by=None)
    client.force_login(account)
    answer = client.get(reverse("file", args=[stored.pk]))
    assert b"".join(answer.streaming_content) == PDF_BYTES
    assert answer["Content-Type"] == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D8%B9%D9%82%D8%AF%20%D8%A7%D9%84%D9%83%D8%B1%D8%A7%D8%A1.pdf"
    )


def test_a_file_that_the_storage_lost_is_a_404(client: Client, readable: list[Any]) -> None:
    account = AccountFactory()
    readable.append(account)
    stored = store_file(upload(), by=None)
    stored.content.storage.delete(stored.content.name)
    client.force_login(account)
    assert client.get(reverse("file", args=[stored.pk])).status_code == 404


def test_a_local_copy_is_the_file_itself_on_a_local_disk() -> None:
    stored = keep_made(CSV_BYTES, name="a.csv", kind=CSV, by=None)
    with local_copy(stored) as path:
        assert str(path) == stored.content.path


def test_a_local_copy_of_a_file_far_away_goes_after_use(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.files.samples.FarAway"}}
    stored = keep_made(CSV_BYTES, name="a.csv", kind=CSV, by=None)
    with local_copy(stored) as path:
        assert path.read_bytes() == CSV_BYTES
    assert not path.exists()


def test_storage_like_s3_is_a_matter_of_settings(settings: Any) -> None:
    """Configured, not contacted: its addresses are signed and short-lived, its files private."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "fondouk",
                "endpoint_url": "https://s3.example.ma",
                "region_name": "ma-1",
                "access_key": "key",
                "secret_key": "secret",
                "default_acl": "private",
                "querystring_auth": True,
                "file_overwrite": False,
            },
        },
    }
    address = storages["default"].url("ab/abcdef")
    assert address.startswith("https://s3.example.ma/fondouk/ab/abcdef?")
    assert "X-Amz-Signature=" in address or "Signature=" in address
    with pytest.raises(NotImplementedError):
        storages["default"].path("ab/abcdef")
