"""Who is in today: only those who have said so, only for the people of the site, only until midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from fondouk.audit.models import Entry
from fondouk.people.privacy import KEEPERS
from fondouk.presence.actions import forget_presences, say_in, say_out
from fondouk.presence.models import Presence
from fondouk.presence.queries import sites_of, where_is, who_is_in
from tests.factories import PersonFactory, SiteFactory, hosted_company, owner_of, staff
from tests.threads import together

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_on_one_site_a_day_the_last_that_was_said() -> None:
    person, first, second = PersonFactory(), SiteFactory(), SiteFactory()
    with time_machine.travel(NOON, tick=False):
        say_in(person, first)
        say_in(person, second)
        assert (who_is_in(first), where_is(person)) == ([], second)
        assert [one.person for one in who_is_in(second)] == [person]
        say_out(person)
        assert (who_is_in(second), where_is(person)) == ([], None)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_forgotten_at_midnight_on_the_clock_of_the_site() -> None:
    here, there = SiteFactory(), SiteFactory(zone="Asia/Tokyo")
    said = datetime(2027, 1, 5, 14, tzinfo=UTC)  # 23 o'clock in Tokyo
    say_in(PersonFactory(), here, now=said)
    say_in(PersonFactory(), there, now=said)
    assert forget_presences(now=said + timedelta(minutes=30)) == 0
    assert forget_presences(now=said + timedelta(hours=2)) == 1
    assert Presence.objects.get().site == here
    assert who_is_in(here, now=said + timedelta(hours=10)) == []  # seen no more, even before it is deleted
    assert forget_presences(now=said + timedelta(hours=10)) == 1


@pytest.mark.django_db
def test_as_many_queries_for_ten_as_for_one(django_assert_num_queries: object) -> None:
    site = SiteFactory()
    for _number in range(10):
        account = owner_of(hosted_company(site))
        say_in(account.person, site)
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = who_is_in(site)
    assert all(len(one.companies) == 1 for one in found)


@pytest.mark.django_db
def test_members_say_and_see_it_on_their_own_sites_only(client: Client) -> None:
    site, other = SiteFactory(), SiteFactory()
    account, neighbour = owner_of(hosted_company(site)), owner_of(hosted_company(site, name="Khettara"))
    stranger = owner_of(hosted_company(other))
    assert list(sites_of(account)) == [site]
    client.force_login(account)
    assert client.post("/fr/my/presence/said/", {"site": other.pk}).status_code == 404
    assert client.post("/fr/my/presence/said/", {"site": "x"}).status_code == 404
    client.post("/fr/my/presence/said/", {"site": site.pk})
    client.force_login(neighbour)
    assert account.person.name in client.get("/fr/my/presence/").content.decode()
    client.force_login(stranger)
    assert account.person.name not in client.get("/fr/my/presence/").content.decode()
    client.force_login(staff("reception", site))
    assert account.person.name in client.get(f"/fr/sites/{site.code}/").content.decode()
    client.force_login(account)
    client.post("/fr/my/presence/said/", {"site": ""})
    assert not Presence.objects.exists()


@pytest.mark.django_db
def test_erased_with_the_person() -> None:
    person, site = PersonFactory(), SiteFactory()
    say_in(person, site)
    assert KEEPERS["presence"].collect(person)[0]["site"] == site.code
    KEEPERS["presence"].erase(person)
    assert not Presence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_said_twice_at_once_it_stands_once() -> None:
    person, site = PersonFactory(), SiteFactory()
    together(*[lambda: say_in(person, site)] * 8)
    assert Presence.objects.count() == 1
