"""What is kept is never older than the tables it rests on."""

from __future__ import annotations

import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from fondouk.lib.kept import latest_rows, while_unchanged
from fondouk.people.models import SavedFilter
from tests.factories import PersonFactory, SavedFilterFactory

TABLES = (("people_savedfilter", "id"),)


def counted(name: str = "test") -> int:
    return while_unchanged(name, TABLES, ["all"], SavedFilter.objects.count)


@pytest.fixture(autouse=True)
def nothing_kept(db):
    cache.clear()


@pytest.mark.django_db
def test_it_is_worked_out_once_and_again_when_a_row_comes(django_assert_num_queries):
    assert counted() == 0
    SavedFilterFactory()
    assert counted() == 1
    said = []
    for _time in range(3):
        while_unchanged("other", TABLES, ["all"], lambda: said.append(1) or 7)
    assert said == [1]


@pytest.mark.django_db(transaction=True)
def test_what_is_worked_out_while_somebody_writes_is_not_kept_for_long():
    """A row with a smaller key comes after one with a larger: the latest row does not tell."""
    person = PersonFactory()
    wrote, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            SavedFilterFactory(person=person)
            wrote.set()
            may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    try:
        assert wrote.wait(20)
        SavedFilterFactory(person=person)
        rows, is_settled = latest_rows(TABLES)
        assert not is_settled
    finally:
        may_commit.set()
        writer.join()
    assert latest_rows(TABLES)[0] == rows
