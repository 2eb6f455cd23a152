"""Roles come and go by the day, and somebody must always be able to give them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.people.actions import reopen_account
from fondouk.people.models import Account, Person
from fondouk.sites.actions import LastAdministrator, close_account_of, end_role, give_role
from fondouk.sites.models import Grant, Site
from fondouk.sites.queries import visible_people
from tests.factories import AccountFactory, GrantFactory, PersonFactory, SiteFactory, staff
from tests.visiting import undo_of

pytestmark = pytest.mark.django_db


def fresh(account):
    """Without what rules have remembered of it during a request."""
    return Account.objects.get(pk=account.pk)


def test_role_counts_from_its_first_to_its_last_day():
    today = timezone.localdate()
    account = AccountFactory()
    day = timedelta(days=1)
    for period, counts in [
        (DateRange(today, None), True),
        (DateRange(today, today + day), True),
        (DateRange(today + day, None), False),
        (DateRange(today - day, today), False),
    ]:
        GrantFactory(person=account.person, role="direction", period=period)
        assert fresh(account).has_perm("sites.staff") is counts
        Grant.objects.all().delete()


def test_ended_role_leaves_its_trace_and_one_of_today_does_not():
    account = staff("finance")
    end_role(account.person.grants.get(), by=None)
    assert account.person.grants.get().period.upper == timezone.localdate()
    given = give_role(account.person, role="reception", site=None, by=None)
    end_role(given, by=None)
    assert account.person.grants.count() == 1
    assert not fresh(account).has_perm("sites.staff")


def test_staff_of_a_site_see_that_site_alone():
    here, elsewhere = SiteFactory(), SiteFactory()
    account = staff("site_manager", here)
    assert list(Site.objects.visible_to(account)) == [here]
    assert account.has_perm("sites.edit", here)
    assert not account.has_perm("sites.edit", elsewhere)
    assert not account.has_perm("people.grant")


def test_reach_over_people():
    here, elsewhere = SiteFactory(), SiteFactory()
    contact = PersonFactory()
    colleague, network, stranger = (
        staff("reception", here).person,
        staff("finance").person,
        staff("reception", elsewhere).person,
    )
    gone = staff("reception", elsewhere).person
    end_role(gone.grants.get(), by=None)
    manager = staff("site_manager", here)
    seen = set(visible_people(manager))
    assert seen == {contact, colleague, network, gone, manager.person}
    assert stranger not in seen
    assert set(visible_people(staff("direction"))) == set(Person.objects.all())
    member = AccountFactory()
    assert list(visible_people(member)) == [member.person]


def test_same_role_at_the_same_place_is_given_once():
    account = staff("finance")
    with pytest.raises(ValidationError):
        give_role(account.person, role="finance", site=None, by=None)


def test_last_administrator_keeps_role_and_account():
    account = staff("administrator")
    staff("administrator", SiteFactory())  # of a site only: cannot give roles on the network
    closed = staff("administrator")
    closed.is_active = False
    closed.save()
    with pytest.raises(LastAdministrator):
        end_role(account.person.grants.get(), by=None)
    with pytest.raises(LastAdministrator):
        close_account_of(account.person, by=None)
    reopen_account(closed, by=None)
    end_role(account.person.grants.get(), by=None)
    assert not fresh(account).has_perm("sites.settings")


def test_a_role_with_an_end_keeps_no_network():
    """From the day after, nobody could give roles."""
    account, other = staff("administrator"), staff("finance")
    give_role(other.person, role="administrator", site=None, until=timezone.localdate(), by=None)
    with pytest.raises(LastAdministrator):
        end_role(account.person.grants.get(), by=None)
    with pytest.raises(LastAdministrator):
        close_account_of(account.person, by=None)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one():
    grants = [staff("administrator").person.grants.get() for _ in range(2)]

    def end(grant):
        try:
            end_role(grant, by=None)
        except LastAdministrator:
            return "refused"
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end, grants)) == ["ended", "refused"]
    assert Grant.objects.on(timezone.localdate()).count() == 1


@pytest.fixture
def admin(client):
    account = staff("administrator")
    client.force_login(account)
    return account


def test_giving_a_role_is_noted_and_can_be_undone(client, admin):
    person, site = PersonFactory(), SiteFactory()
    answer = client.post(reverse("person_roles", args=[person.pk]), {"role": "reception", "site": site.pk})
    grant = person.grants.get()
    assert (grant.role, grant.site, grant.granted_by) == ("reception", site, admin.person)
    assert Entry.objects.filter(verb="sites.role_given", actor=admin.person).count() == 1
    undo = undo_of(answer)
    assert client.post(undo).status_code == 302
    assert not person.grants.exists()


def test_ending_a_role_can_be_undone(client, admin):
    site = SiteFactory()
    person = staff("finance", site).person
    answer = client.post(reverse("role_ending", args=[person.pk, person.grants.get().pk]))
    assert not person.grants.on(timezone.localdate()).exists()
    undo = undo_of(answer)
    client.post(undo)
    again = person.grants.on(timezone.localdate()).get()
    assert (again.role, again.site) == ("finance", site)


@pytest.mark.parametrize(
    "values",
    [{}, {"role": "king"}, {"role": "finance", "until": "1/1/2020"}, {"role": "finance", "site": "999999"}],
)
def test_impossible_roles_are_refused_on_the_page(client, admin, values):
    person = PersonFactory()
    page = client.post(reverse("person_roles", args=[person.pk]), values)
    assert page.status_code == 200
    assert page.context["role_form"].errors
    assert not person.grants.exists()


def test_last_administrator_is_told_why(client, admin):
    page = client.get(reverse("person", args=[admin.person_id])).content.decode()
    assert reverse("role_ending", args=[admin.person_id, admin.person.grants.get().pk]) not in page
    answer = client.post(reverse("role_ending", args=[admin.person_id, admin.person.grants.get().pk]))
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert admin.person.grants.on(timezone.localdate()).exists()


@pytest.mark.parametrize("role", ["site_manager", "reception", "finance"])
def test_others_give_no_roles(client, role):
    account = staff(role)
    client.force_login(account)
    assert (
        client.post(reverse("person_roles", args=[account.person_id]), {"role": "direction"}).status_code
        == 404
    )


def test_roles_page_names_every_role_and_its_holders_within_reach(client):
    here, elsewhere = SiteFactory(), SiteFactory()
    near, far = staff("finance", here), staff("finance", elsewhere)
    client.force_login(staff("site_manager", here))
    page = client.get(reverse("roles"))
    assert len(page.context["roles"]) == 10
    body = page.content.decode()
    assert reverse("person", args=[near.person_id]) in body
    assert reverse("person", args=[far.person_id]) not in body
