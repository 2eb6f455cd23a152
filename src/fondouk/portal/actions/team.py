"""A team kept by its owners: somebody joins, changes, leaves.

One owner stays, or nobody could let others in.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.companies.actions import add_member, change_member, end_membership
from fondouk.companies.enums import MemberRole
from fondouk.companies.models import Company, Membership
from fondouk.lib.text import fold
from fondouk.people.actions import create_person, open_account_of
from fondouk.people.models import Invitation, Person
from fondouk.sites.actions import invite_person


class LastOwner(Exception):
    """The company would be left without an owner. Its text is for people."""

    def __str__(self) -> str:
        return str(_("A company keeps one owner at least: name another one first."))


@transaction.atomic
def join_team(
    company: Company, *, name: str, email: str, title: str, role: str, language: str, by: Person
) -> tuple[Membership, Invitation | None]:
    """Add somebody to the team and invite them, unless they can sign in already.

    A name with its address is a person that is known; so is anybody of the team, present or past, by their address.
    Anybody else is somebody new under the name that was typed, even where the network knows the address: an owner does
    not learn whose it is. They say so themselves when they take the invitation (`join_by_invitation`). Raises
    `ValidationError` for one of the team.
    """
    Company.objects.select_for_update().get(pk=company.pk)
    person = _known(company, name, email) or create_person(name=name, email=email, language=language, by=by)
    membership = _let_in(company, person, role=role, title=title, by=by)
    invitation = (
        None if open_account_of(person) else invite_person(person, email=email, by=by, company=company.name)
    )
    return membership, invitation


@transaction.atomic
def return_to_team(company: Company, person: Person, *, title: str, role: str, by: Person) -> Membership:
    """Take a departure back. Raises `ValidationError` for one of the team."""
    Company.objects.select_for_update().get(pk=company.pk)
    return _let_in(company, person, role=role, title=title, by=by)


def _let_in(company: Company, person: Person, *, role: str, title: str, by: Person) -> Membership:
    """The company is locked: what is looked up here still holds when the row is written."""
    if Membership.objects.on(timezone.localdate()).filter(company=company, person=person).exists():
        raise ValidationError(_("This person is in the team already."))
    return add_member(company, person, role=role, title=title, by=by)


def _known(company: Company, name: str, email: str) -> Person | None:
    under = Q(pk__in=Person.objects.for_email(email)) | Q(account__email__iexact=email)
    people = list(Person.objects.living().filter(under))
    same_name = next((person for person in people if fold(person.name) == fold(name)), None)
    fellows = set(company.memberships.filter(person__in=people).values_list("person", flat=True))
    return same_name or next((person for person in people if person.pk in fellows), None)


@transaction.atomic
def change_membership(membership: Membership, *, role: str, title: str, by: Person) -> Membership:
    """Another function, or another role from now on. Raises `LastOwner`."""
    locked = _locked(membership)
    if role != MemberRole.OWNER:
        _keep_an_owner(locked)
    return change_member(locked, role=role, title=title, by=by)


@transaction.atomic
def leave_team(membership: Membership, *, by: Person) -> None:
    """As of today. Raises `LastOwner`."""
    _keep_an_owner(_locked(membership))
    end_membership(membership, by=by)


def _locked(membership: Membership) -> Membership:
    """The company first: two owners who leave at the same time wait for each other."""
    Company.objects.select_for_update().get(pk=membership.company_id)
    return Membership.objects.select_related("company", "person").get(pk=membership.pk)


def _keep_an_owner(membership: Membership) -> None:
    if membership.role != MemberRole.OWNER:
        return
    owners = Membership.objects.on(timezone.localdate()).filter(
        company=membership.company_id, role=MemberRole.OWNER
    )
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner
