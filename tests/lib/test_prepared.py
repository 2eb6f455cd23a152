"""A query that is written once answers as one that is written each time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fondouk.lib.prepared import Prepared
from fondouk.people.models import Account, Person
from fondouk.sites.models import Grant
from tests.factories import PersonFactory, SiteFactory, staff
from tests.threads import together

pytestmark = pytest.mark.django_db


def held() -> Prepared[Any]:
    return Prepared(
        lambda person, day: Grant.objects.on(day).filter(person=person).select_related("site").order_by("pk"),
        -7,
        date(1, 1, 7),
    )


def test_rows_with_those_they_refer_to_without_another_query() -> None:
    one, other = SiteFactory(), SiteFactory()
    first, second = staff("spaces", one), staff("finance", other)
    ask, today = held(), date(2027, 1, 5)
    assert [grant.site for grant in ask(first.person_id, today)] == [one]
    with CaptureQueriesContext(connection) as queries:
        [grant] = ask(second.person_id, today)
        assert (grant.site, grant.role) == (other, "finance")
    assert len(queries) == 1
    assert ask(PersonFactory().pk, today) == []


def test_what_is_not_asked_for_comes_when_it_is_wanted() -> None:
    account = staff("spaces")
    ask = Prepared(lambda key: Account.objects.filter(pk=key).only("email", "person__name"), -7)
    [found] = ask(account.pk)
    assert (found.email, found.created_at) == (account.email, account.created_at)


def test_bare_values_and_a_limit() -> None:
    people = [PersonFactory(name="Amina") for _number in range(3)]
    ask = Prepared(
        lambda name: Person.objects.filter(name=name).order_by("pk").values_list("pk", "name")[:2], "?"
    )
    assert ask("Amina") == [(one.pk, "Amina") for one in people[:2]]
    assert ask("a' OR '1'='1") == []


def test_each_call_sees_what_is_there_then() -> None:
    ask = Prepared(lambda name: Person.objects.filter(name=name), "?")
    assert ask("Amina") == []
    made = PersonFactory(name="Amina")
    assert ask("Amina") == [made]


@pytest.mark.parametrize(
    "values", [(None, date(2027, 1, 5)), ("7", date(2027, 1, 5)), (7,), (True, date(2027, 1, 5))]
)
def test_values_of_another_kind_are_refused(values: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="expected values as"):
        held()(*values)


def test_a_sample_that_is_not_in_the_query_is_found_out() -> None:
    ask = Prepared(lambda name, _other: Person.objects.filter(name=name), "?", "!")
    with pytest.raises(LookupError, match="!"):
        ask("Amina", "Brahim")


@pytest.mark.django_db(transaction=True)
def test_threads_ask_on_their_own_connections() -> None:
    people = [PersonFactory() for _number in range(8)]
    ask = Prepared(lambda key: Person.objects.filter(pk=key), -7)
    found = together(*(lambda one=one: ask(one.pk) * 20 for one in people))
    assert [set(some) for some in found] == [{one} for one in people]
