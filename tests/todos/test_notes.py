"""Who deals with an item, and until when it is put off: for everybody, and only while it waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from fondouk.audit.queries import timeline
from fondouk.companies.actions import set_identity
from fondouk.companies.models import Company
from fondouk.todos.actions import assign_items, forget_old, put_off_items
from fondouk.todos.models import Note
from fondouk.todos.queries import ASLEEP, MINE, piles, records_of, waiting
from tests.factories import CompanyFactory, ResidencyFactory, SiteFactory, staff
from tests.factories.values import ice
from tests.threads import errors, together
from tests.visiting import undo_of, visitor

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def companies() -> list[Company]:
    cache.clear()
    site = SiteFactory()
    return [bare(site, f"Sans ICE {letter}") for letter in "ABC"]


def bare(site: Any, name: str) -> Company:
    company = CompanyFactory(name=name)
    ResidencyFactory(company=company, site=site)
    return company


def items(account: Any, which: str = "", code: str = "ice") -> list[str]:
    return [item.subject for pile in piles(account, only=code, which=which) for item in pile.items]


def keys(*companies: Company) -> list[str]:
    return [f"ice:{company.pk}" for company in companies]


def test_what_is_put_off_comes_back_on_its_day(companies: list[Company], monkeypatch: Any) -> None:
    account = staff("direction")
    put_off_items(records_of(account, keys(companies[0])), TOMORROW, by=account.person)
    assert items(account) == ["Sans ICE B", "Sans ICE C"]
    assert items(account, ASLEEP) == ["Sans ICE A"]
    assert waiting(account) == sum(pile.count for pile in piles(account))
    monkeypatch.setattr(timezone, "localdate", lambda *_: TOMORROW)
    assert items(account) == ["Sans ICE A", "Sans ICE B", "Sans ICE C"]


def test_each_finds_what_is_theirs(companies: list[Company]) -> None:
    direction, manager = staff("direction"), staff("direction")
    chosen = records_of(direction, keys(*companies[:2]))
    assert assign_items(chosen, manager.person, by=direction.person) == 2
    assert assign_items(chosen, manager.person, by=direction.person) == 0  # nothing changes
    assert items(manager, MINE) == ["Sans ICE A", "Sans ICE B"]
    assert items(direction, MINE) == []
    assert [item.assignee for pile in piles(direction, only="ice") for item in pile.items] == [
        manager.person.name, manager.person.name, "",
    ]  # fmt: skip
    assign_items(chosen, None, by=direction.person)
    assert not Note.objects.exists()


def test_a_note_does_not_bring_back_what_is_done(companies: list[Company]) -> None:
    account = staff("direction")
    assign_items(records_of(account, keys(companies[0])), account.person, by=account.person)
    set_identity(companies[0], {"legal_name": "A SARL", "ice": ice(31478520099)}, by=None)
    assert items(account, MINE) == []
    assert records_of(account, keys(companies[0])) == []


def test_only_what_one_may_act_on(companies: list[Company]) -> None:
    elsewhere = staff("site_manager", SiteFactory())
    assert records_of(elsewhere, keys(*companies)) == []
    assert records_of(staff("events"), keys(*companies)) == []
    for wrong in ("ice", "ice:", "ice:x", "ice:1\x00", "nothing:1", "jobs:12", f"ice:{'9' * 60}", ""):
        assert records_of(staff("direction"), [wrong]) == [], wrong


def test_it_is_in_the_audit(companies: list[Company]) -> None:
    account = staff("direction")
    put_off_items(records_of(account, keys(companies[0])), TOMORROW, by=account.person)
    assert (
        "ICE manquant" in timeline(companies[0])[0].sentence
        or "Missing ICE" in timeline(companies[0])[0].sentence
    )


def test_the_database_holds_one_note_for_an_item() -> None:
    person = staff("direction").person
    Note.objects.create(source="ice", key="1", assignee=person)
    with pytest.raises(IntegrityError, match="todo_note_once"), transaction.atomic():
        Note.objects.create(source="ice", key="1", assignee=person)
    with pytest.raises(IntegrityError, match="todo_note_says_something"), transaction.atomic():
        Note.objects.create(source="ice", key="2")


@pytest.mark.django_db(transaction=True)
def test_two_who_note_at_once_both_count(companies: list[Company]) -> None:
    account = staff("direction")
    chosen = records_of(account, keys(*companies))
    outcomes = together(
        lambda: assign_items(chosen, account.person, by=account.person),
        lambda: put_off_items(chosen[::-1], TOMORROW, by=account.person),
    )
    assert errors(outcomes) == []
    assert {(note.assignee_id, note.until) for note in Note.objects.all()} == {(account.person_id, TOMORROW)}


def test_old_notes_are_forgotten(companies: list[Company]) -> None:
    account = staff("direction")
    assign_items(records_of(account, keys(*companies)), account.person, by=account.person)
    assert forget_old() == 0
    Note.objects.update(noted_at=timezone.now() - timedelta(days=200))
    assert forget_old() == 3


def test_the_page(companies: list[Company]) -> None:
    account = staff("direction")
    client = visitor(account)
    page = client.get("/fr/todo/?kind=ice").content.decode()
    assert page.count("data-select ") == 3
    put = client.post(
        "/fr/todo/snooze/",
        {"item": keys(*companies[:2]), "until": f"{TOMORROW:%d/%m/%Y}", "back": "kind=ice"},
    )
    assert put["Location"] == "/fr/todo/?kind=ice"
    assert items(account) == ["Sans ICE C"]
    assert "Sans ICE A" in client.get("/fr/todo/?which=asleep").content.decode()
    client.post(undo_of(put))
    assert len(items(account)) == 3
    for wrong in ("hier", "01/01/2020", "01/01/2999"):
        client.post("/fr/todo/snooze/", {"item": keys(*companies), "until": wrong})
        assert len(items(account)) == 3, wrong
    given = client.post("/fr/todo/assignment/", {"item": keys(companies[2]), "person": account.person_id})
    assert items(account, MINE) == ["Sans ICE C"]
    client.post(undo_of(given))
    assert items(account, MINE) == []
    client.post("/fr/todo/assignment/", {"item": keys(companies[2]), "person": "999999"})
    assert not Note.objects.exists()
    sheet = client.get("/fr/todo/export/csv/?kind=ice").content.decode("utf-8-sig")
    assert sheet.count("Sans ICE") == 3
