"""Nobody gains by changing somebody's address or by saying where their invitation goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from fondouk.people.models import Invitation, Person
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant
from tests.factories import (
    GrantFactory,
    MembershipFactory,
    PersonEmailFactory,
    SiteFactory,
    hosted_company,
    staff,
)
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
EVIL = "evil@example.net"


@pytest.fixture
def rabat() -> Any:
    return SiteFactory(code="rabat")


@pytest.fixture
def nadia() -> Person:
    return PersonEmailFactory(person__name="Nadia Alami", address="nadia@example.ma", is_main=True).person


def takes_over(account: Any, person: Person) -> bool:
    """Whether an invitation, or the main address, goes where `account` wants it to."""
    client = visitor(account)
    page = client.get(reverse("person", args=[person.pk]))
    answers = [
        client.post(reverse("person_invitation", args=[person.pk]), {"email": EVIL}),
        client.post(
            reverse("person_edit", args=[person.pk]), {"name": person.name, "language": "fr", "email": EVIL}
        ),
    ]
    moved = Invitation.objects.filter(email=EVIL).exists() or person.emails.filter(address=EVIL).exists()
    assert {answer.status_code for answer in answers} == ({302} if moved else {404})
    if page.status_code == 200:
        assert bool(page.context["may_edit"]) is moved  # the page says so, with the reason
    return moved


@pytest.mark.parametrize(
    ("actor", "at_site", "held", "whole", "expected"),
    [
        ("reception", True, Role.ADMINISTRATOR, True, False),
        ("site_manager", True, Role.ADMINISTRATOR, True, False),
        ("direction", False, Role.ADMINISTRATOR, True, False),
        ("administrator", False, Role.ADMINISTRATOR, True, True),
        ("administrator", True, Role.ADMINISTRATOR, True, False),
        ("reception", True, Role.DIRECTION, True, False),
        ("site_manager", True, Role.RECEPTION, False, False),
        ("direction", False, Role.DIRECTION, True, True),
        ("reception", True, None, False, True),
    ],
)
def test_only_whoever_may_give_a_role_answers_for_who_holds_it(
    rabat: Any, nadia: Person, actor: str, at_site: bool, held: Role | None, whole: bool, expected: bool
) -> None:
    if held:
        GrantFactory(person=nadia, role=held, site=None if whole else rabat)
    assert takes_over(staff(actor, rabat if at_site else None), nadia) is expected


@pytest.mark.parametrize(("actor", "expected"), [("reception", False), ("site_manager", True)])
def test_only_whoever_keeps_a_team_answers_for_its_members(
    rabat: Any, nadia: Person, actor: str, expected: bool
) -> None:
    MembershipFactory(person=nadia, company=hosted_company(rabat))
    assert takes_over(staff(actor, rabat), nadia) is expected


def test_direction_makes_no_administrators_and_unmakes_none(nadia: Person) -> None:
    client = visitor(staff("direction"))
    answer = client.post(reverse("person_roles", args=[nadia.pk]), {"role": "administrator"})
    assert answer.status_code == 200 and answer.context["role_form"].errors["role"]
    assert not nadia.grants.exists()
    grant = GrantFactory(person=nadia, role=Role.ADMINISTRATOR, site=None)
    staff("administrator")  # so that Nadia is not the last
    assert client.post(reverse("role_ending", args=[nadia.pk, grant.pk])).status_code == 404
    assert Grant.objects.get(pk=grant.pk).period.upper is None
    client.post(reverse("person_roles", args=[PersonEmailFactory().person.pk]), {"role": "reception"})
    assert Grant.objects.filter(role="reception", site=None).count() == 1
