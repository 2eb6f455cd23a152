"""Playing a part: at this machine only, while the demonstration is loaded only."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from fondouk.demo import cast, queries
from fondouk.imports.recognition import recognise
from fondouk.imports.workbooks.opening import open_book
from fondouk.people.models import Account
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HERE = {"host": "localhost"}


@pytest.fixture
def loaded(demonstration: None, db: None) -> Account:
    queries.note(True)
    return Account.objects.get(email="nadia.benjelloun@demo.example")


def test_there_is_no_door_without_the_demonstration(client: Client) -> None:
    account = AccountFactory()
    assert client.get("/fr/demo/", headers=HERE)["Location"] == "/fr/sign-in/"
    assert client.post("/fr/demo/part/", {"account": account.pk}, headers=HERE).status_code == 404
    assert client.post("/fr/demo/clearing/", headers=HERE).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_bookmark_of_it_leads_to_the_first_account_at_this_machine_only(client: Client) -> None:
    assert "/setup/" in client.get("/ar/demo/", headers=HERE)["Location"]
    assert "/ar/" in client.get("/ar/demo/", headers=HERE)["Location"]
    assert client.get("/fr/demo/", headers={"host": "park.example"}).status_code in (302, 400)
    assert "/setup/" not in client.get("/fr/demo/", REMOTE_ADDR="10.0.0.9", headers=HERE)["Location"]


def test_a_list_taken_out_of_it_says_so_and_can_be_read_back(
    client: Client, loaded: Account, tmp_path: Path
) -> None:
    client.force_login(loaded)
    answer = client.get("/fr/companies/export/xlsx/", headers=HERE)
    assert "demonstration-" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.iter_rows(values_only=True))
    assert "inventés" in rows[0][0]
    assert rows[1][0] == "Entreprise"
    lines = client.get("/fr/companies/export/csv/", headers=HERE).content.decode("utf-8-sig").splitlines()
    assert "inventés" in lines[0]
    (tmp_path / "list.xlsx").write_bytes(answer.content)
    read = recognise(open_book(tmp_path / "list.xlsx"))[0]
    assert (read.kind and read.kind.code, read.header) == ("companies", 1)


def test_the_first_address_leads_into_it(client: Client, loaded: Account) -> None:
    assert client.get("/", headers=HERE)["Location"] == "/fr/demo/"
    page = client.get("/fr/demo/", headers=HERE).content.decode()
    assert "Nadia Benjelloun" in page
    assert page.count("fk-demo-part") >= 15


def test_somebody_is_who_they_choose_to_be(client: Client, loaded: Account) -> None:
    answer = client.post("/fr/demo/part/", {"account": loaded.pk}, headers=HERE)
    assert answer["Location"] == "/fr/home/"
    assert client.session["_auth_user_id"] == str(loaded.pk)
    page = client.get("/fr/today/", headers=HERE).content.decode()
    assert "fk-strip" in page
    assert client.post("/fr/demo/part/", {"account": ""}, headers=HERE)["Location"] == "/fr/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("name", "label", "body"),
    [
        ("Kenza Benhima", "Investisseur", "Fonds Amorçage Sahel"),
        ("Othmane Sqalli", "Partenaire", "Banque du Littoral"),
    ],
)
def test_an_investor_and_a_partner_see_the_page_of_their_own(
    client: Client, loaded: Account, name: str, label: str, body: str
) -> None:
    part = next(part for part in cast.parts() if part.name == name)
    with translation.override("fr"):
        assert (str(part.label), part.place) == (label, body)
    client.post("/fr/demo/part/", {"account": part.account}, headers=HERE)
    page = client.get("/fr/home/", headers=HERE, follow=True).content.decode()
    assert body in page
    for address in ("/fr/companies/", "/fr/today/", "/fr/figures/"):
        assert client.get(address, headers=HERE).status_code == 404


def test_steps_are_ticked_and_outlive_a_change_of_part(client: Client, loaded: Account) -> None:
    answer = client.post("/fr/demo/part/", {"account": loaded.pk, "step": "today"}, headers=HERE)
    assert answer["Location"] == "/fr/today/"
    client.post("/fr/demo/part/", {"account": "", "step": "public"}, headers=HERE)
    assert sorted(client.session["demo_steps"]) == ["public", "today"]
    assert "2 sur 5" in client.get("/fr/demo/", headers=HERE).content.decode()


@pytest.mark.parametrize("account", ["999999", "x", "-1"])
def test_nobody_outside_the_cast_is_played(client: Client, loaded: Account, account: str) -> None:
    assert client.post("/fr/demo/part/", {"account": account}, headers=HERE).status_code == 404


@pytest.mark.parametrize(
    "outside",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"HTTP_FORWARDED": "for=10.0.0.7"},
        {"HTTP_HOST": "parc.example"},
    ],
)
def test_nobody_from_outside_plays_or_clears(
    client: Client, loaded: Account, settings: Any, outside: dict[str, str]
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    asked = {"HTTP_HOST": "localhost", **outside}
    assert client.post("/fr/demo/part/", {"account": loaded.pk}, **asked).status_code == 404
    assert client.post("/fr/demo/clearing/", **asked).status_code == 404
    assert "fk-demo-part" not in client.get("/fr/demo/", **asked).content.decode()
    settings.FONDOUK_DEMO_OPEN = True
    assert client.post("/fr/demo/part/", {"account": loaded.pk}, **asked).status_code == 302
    assert client.post("/fr/demo/clearing/", **asked).status_code == 404
    assert queries.is_loaded()


def test_a_public_address_closes_the_doors_even_here(client: Client, loaded: Account, settings: Any) -> None:
    settings.PUBLIC_URL = "https://parc.example"
    assert client.post("/fr/demo/part/", {"account": loaded.pk}, headers=HERE).status_code == 404


def test_whoever_clears_makes_the_first_account(client: Client, loaded: Account) -> None:
    client.post("/ar/demo/part/", {"account": loaded.pk}, headers=HERE)
    answer = client.post("/ar/demo/clearing/", headers=HERE)
    assert answer["Location"].startswith("/ar/setup/") or "/ar/setup/" in answer["Location"]
    assert not Account.objects.exists()
    page = client.get(answer["Location"], headers=HERE).content.decode()
    assert "fk-strip" not in page


def test_every_page_says_that_it_is_one(client: Client, loaded: Account) -> None:
    for path in ("/fr/", "/fr/directory/", "/fr/sign-in/", "/fr/parc/casablanca/", "/fr/nowhere/"):
        assert "Démonstration" in client.get(path, headers=HERE).content.decode(), path


def test_every_letter_says_that_it_is_one(loaded: Account) -> None:
    from fondouk.mail.actions import write

    message = write("x@example.org", subject="Bonjour", text="…", kind="test", language="fr")
    assert message.subject == "[Démonstration] Bonjour"


def test_imports_are_read_and_not_written(client: Client, loaded: Account) -> None:
    client.force_login(loaded, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "fk-alert" in client.get("/fr/imports/", headers=HERE).content.decode()
