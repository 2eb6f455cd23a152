"""Only the direction and administrators of the whole network import."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fondouk.imports.models import Book
from fondouk.sites.enums import Role
from tests.factories import AccountFactory, BookFactory, ImportFactory, SiteFactory, staff

pytestmark = pytest.mark.django_db

PLAIN = ["imports", "import_new", "import_template", "import_export"]
OF_BOOK = [
    "book",
    "book_mapping",
    "book_reading",
    "book_confirmation",
    "book_copy",
    "book_report",
    "book_refused",
]
OF_RUN = ["import_run", "import_undo"]
POSTED = {"import_export", "book_reading", "book_confirmation", "book_copy", "import_undo"}


def addresses() -> list[tuple[str, str]]:
    book, run = BookFactory(), ImportFactory()
    return [
        *((name, reverse(name)) for name in PLAIN),
        *((name, reverse(name, args=[book.pk])) for name in OF_BOOK),
        *((name, reverse(name, args=[run.pk])) for name in OF_RUN),
    ]


def ask(client: Client, name: str, address: str) -> int:
    answer = client.post(address) if name in POSTED else client.get(address)
    if answer.status_code == 302 and "next=" in answer["Location"]:
        return 401
    return answer.status_code


def test_anonymous_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert {ask(client, name, address) for name, address in addresses()} == {401}


@pytest.mark.parametrize("role", [None, Role.SITE_MANAGER, Role.DIRECTION])
def test_outsiders_and_the_staff_of_one_site_find_nothing(client: Client, role: Role | None) -> None:
    client.force_login(staff(role, SiteFactory()) if role else AccountFactory())
    assert {ask(client, name, address) for name, address in addresses()} == {404}


@pytest.mark.parametrize("role", [Role.DIRECTION, Role.ADMINISTRATOR])
def test_the_direction_and_administrators_do(client: Client, role: Role) -> None:
    client.force_login(staff(role))
    assert {ask(client, name, address) for name, address in addresses()} <= {200, 302, 404}
    assert client.get(reverse("imports")).status_code == 200


def test_the_workbook_itself_is_for_those_who_import(client: Client) -> None:
    book: Book = BookFactory()
    address = reverse("file", args=[book.file.pk])
    client.force_login(staff(Role.SITE_MANAGER, SiteFactory()))
    assert client.get(address).status_code == 404
    client.force_login(staff(Role.DIRECTION))
    assert client.get(address).status_code == 200
