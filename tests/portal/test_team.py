"""The team: owners keep it, and one of them stays."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from fondouk.companies.models import Membership
from fondouk.mail.models import Message
from fondouk.people.models import Person
from fondouk.portal.actions import LastOwner, leave_team
from tests.factories import AccountFactory, MembershipFactory, PersonEmailFactory, hosted_company, owner_of

from .conftest import signed_in

NEW = "/en/my/team/new/"
SAID = {"name": "Imane Azzouzi", "email": "imane@khettara.ma", "title": "Sales", "role": "member"}


def names(company):
    return sorted(row.person.name for row in Membership.objects.current().filter(company=company))


def test_an_owner_adds_somebody_and_they_are_invited(owner, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        answer = owner.post(NEW, SAID)
    assert answer.status_code == 302
    membership = Membership.objects.get(company=cast.company, person__name="Imane Azzouzi")
    assert (membership.title, membership.role) == ("Sales", "member")
    assert membership.person.invitations.get().email == "imane@khettara.ma"
    assert Message.objects.filter(to="imane@khettara.ma", kind="people.invitation").count() == 1


def test_whoever_is_known_by_name_and_address_joins_without_an_invitation(owner, cast):
    account = AccountFactory(email="imane@khettara.ma", person__name="Imane AZZOUZI")
    owner.post(NEW, SAID)
    assert account.person.memberships.get().company == cast.company
    assert not account.person.invitations.exists()
    assert Person.objects.filter(name_folded="imane azzouzi").count() == 1


def test_an_address_does_not_tell_an_owner_whose_it_is(owner, cast):
    account = AccountFactory(email="imane@khettara.ma", person__name="Dora Direction")
    owner.post(NEW, SAID)
    assert "Dora" not in owner.get("/en/my/team/").content.decode()
    assert not account.person.memberships.exists()
    assert Person.objects.get(name="Imane Azzouzi").invitations.get().email == "imane@khettara.ma"


def test_somebody_who_left_comes_back_by_their_address(owner, cast):
    leaving = MembershipFactory(company=cast.company, person__name="Reda Skalli")
    PersonEmailFactory(person=leaving.person, address="imane@khettara.ma")
    owner.post(f"/en/my/team/{leaving.pk}/departure/")
    Membership.objects.create(
        company=cast.company,
        person=leaving.person,
        period=DateRange(date(2010, 1, 1), date(2011, 1, 1)),
    )
    owner.post(NEW, SAID)
    assert leaving.person.memberships.current().get().title == "Sales"


def test_a_shared_mailbox_makes_nobody_the_same_person(owner):
    PersonEmailFactory(address="imane@khettara.ma", person__name="Badr Ouhaddou")
    owner.post(NEW, SAID)
    assert Person.objects.for_email("imane@khettara.ma").count() == 2


def test_the_same_name_and_address_is_the_same_person(owner, cast):
    known = PersonEmailFactory(address="Imane@khettara.ma", person__name="IMANE AZZOUZI").person
    owner.post(NEW, SAID)
    assert known.memberships.get().company == cast.company


def test_one_of_the_team_is_not_added_twice_and_nothing_typed_is_lost(owner):
    owner.post(NEW, SAID)
    again = owner.post(NEW, SAID)
    assert again.status_code == 422
    assert "This person is in the team already." in again.content.decode()
    assert 'value="Imane Azzouzi"' in again.content.decode()


def test_errors_stand_beside_their_fields(owner):
    answer = owner.post(NEW, {**SAID, "email": "imane at khettara", "name": ""})
    assert set(answer.context["form"].errors) == {"email", "name"}


def test_somebody_leaves_and_the_departure_is_taken_back(owner, cast):
    leaving = MembershipFactory(company=cast.company, person__name="Reda Skalli", title="Agronomist")
    answer = owner.post(f"/en/my/team/{leaving.pk}/departure/", follow=True)
    assert "Reda Skalli" not in names(cast.company)
    undo = re.search(r'action="([^"]+/return/[^"]+)"', answer.content.decode())
    assert undo is not None
    for _twice in range(2):
        owner.post(undo.group(1))
    back = Membership.objects.current().get(company=cast.company, person__name="Reda Skalli")
    assert (back.title, back.role) == ("Agronomist", "member")


def test_a_departure_is_taken_back_by_those_who_keep_the_team_only(owner, cast):
    leaving = MembershipFactory(company=cast.company)
    answer = owner.post(f"/en/my/team/{leaving.pk}/departure/", follow=True)
    undo = re.search(r'action="([^"]+/return/[^"]+)"', answer.content.decode()).group(1)
    stranger = signed_in(owner_of(hosted_company(cast.site, name="Fanous")))
    assert stranger.post(undo).status_code == 404
    assert owner.post(undo[:-6] + "xxxxx/").status_code == 404


def test_the_last_owner_stays(owner, cast):
    mine = cast.owner.person.memberships.get()
    with pytest.raises(LastOwner):
        leave_team(mine, by=cast.owner.person)
    owner.post(f"/en/my/team/{mine.pk}/departure/")
    assert Membership.objects.current().filter(pk=mine.pk).exists()
    answer = owner.post(f"/en/my/team/{mine.pk}/", {"role": "member", "title": "CEO"})
    assert answer.status_code == 422 and "one owner at least" in answer.content.decode()


def test_an_owner_changes_function_and_role(owner, cast):
    row = MembershipFactory(company=cast.company)
    owner.post(f"/en/my/team/{row.pk}/", {"role": "owner", "title": "Partner"})
    row.refresh_from_db()
    assert (row.role, row.title) == ("owner", "Partner")


def test_a_member_reads_and_sees_why_there_is_no_more(member, cast):
    shown = member.get("/en/my/team/").content.decode()
    assert cast.owner.person.name in shown
    assert "Only the company&#x27;s owner" in shown
    assert member.get(NEW).status_code == 404
    row = cast.owner.person.memberships.get()
    assert member.post(f"/en/my/team/{row.pk}/departure/").status_code == 404


def test_nobody_touches_another_company(owner, cast):
    stranger = MembershipFactory(company=hosted_company(cast.site, name="Fanous"))
    for part in ("", "departure/", "invitation/"):
        assert owner.post(f"/en/my/team/{stranger.pk}/{part}").status_code == 404
