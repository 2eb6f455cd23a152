"""Whom the staff see, and who holds which role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from fondouk.lib.db import Folded, lasts_beyond
from fondouk.lib.text import fold
from fondouk.people.models import Account, Invitation, Person, PersonEmail
from fondouk.people.models.person import PersonQuerySet
from fondouk.search.queries import Terms, telephoned
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant
from fondouk.sites.rules import reach

Tie = Callable[[frozenset[int] | None], Q]
TIES: list[Tie] = []


def register_tie(tie: Tie) -> Tie:
    """Add a function that says which persons an app ties to sites: to any of these or, given None, to any at all."""
    TIES.append(tie)
    return tie


Belonging = Callable[[Any], QuerySet[Any]]
BELONGINGS: list[Belonging] = []


def register_belonging(names: Belonging) -> Belonging:
    """Add a function from an account to the names of what a person belongs to: one column, `OuterRef("pk")` the person."""
    BELONGINGS.append(names)
    return names


def visible_people(account: Any) -> PersonQuerySet:
    """The persons that `account` may see.

    Staff of the whole network see everybody. Staff of a site see their colleagues on the same sites and those whose
    role covers the whole network, whoever an app ties to their sites (the team of a company hosted there), and those
    tied to no site who hold no role. Anybody sees themselves.
    """
    within = reach(account)
    if within.network:
        return Person.objects.all()
    if not within:
        return (
            Person.objects.filter(pk=account.person_id) if account.is_authenticated else Person.objects.none()
        )
    held = Grant.objects.on(timezone.localdate()).filter(person=OuterRef("pk"))
    shared = held.filter(Q(site__in=within.sites) | Q(site=None))
    here: Q = Q(pk=account.person_id) | Q(Exists(shared))
    nowhere: Q = ~Q(Exists(held))
    for tie in TIES:
        here |= tie(within.sites)
        nowhere &= ~tie(None)
    return Person.objects.filter(here | nowhere)


def people_within(account: Any) -> PersonQuerySet:
    """Rows of the list of people: with their address, their account, their open invitation and today's roles."""
    addresses = PersonEmail.objects.filter(person=OuterRef("pk")).order_by("-is_main", "pk")
    accounts = Account.objects.filter(person=OuterRef("pk"))
    return (
        visible_people(account)
        .living()
        .annotate(
            address=Subquery(addresses.values("address")[:1]),
            signs_in=Exists(accounts.filter(is_active=True)),
            is_closed=Exists(accounts.filter(is_active=False)),
            is_invited=Exists(Invitation.objects.open().filter(person=OuterRef("pk"))),
            **{f"belongs_{n}": ArraySubquery(names(account)) for n, names in enumerate(BELONGINGS)},
        )
        .prefetch_related(
            Prefetch(
                "grants",
                Grant.objects.on(timezone.localdate()).select_related("site").order_by("role", "pk"),
                to_attr="roles_today",
            )
        )
    )


def belongings(person: Any) -> list[str]:
    """What a row of `people_within` belongs to: the companies in whose team they are."""
    return [name for n in range(len(BELONGINGS)) for name in getattr(person, f"belongs_{n}")]


def matching_people(people: QuerySet[Person], typed: str) -> QuerySet[Person]:
    """Those whose name or address holds every word typed, accents aside, or whose telephone was typed."""
    terms = Terms.of(typed)
    if terms.telephone:
        return people.filter(pk__in=telephoned(Person.objects.all(), terms).values("pk"))
    for word in fold(typed).split()[:8]:
        address = PersonEmail.objects.filter(person=OuterRef("pk"), address__icontains=word)
        people = people.alias(folded_ar=Folded(F("name_ar"))).filter(
            Q(name_folded__contains=word) | Q(folded_ar__contains=word) | Exists(address)
        )
    return people


def holders(on: date) -> dict[str, list[Grant]]:
    """Who holds each role on that day, every role named."""
    found: dict[str, list[Grant]] = {role.value: [] for role in Role}
    for grant in Grant.objects.on(on).select_related("person", "site").order_by("person__name_folded", "pk"):
        found[grant.role].append(grant)
    return found


def holders_since(moment: datetime) -> Q:
    """Whoever held a role after `moment`, as a condition on persons."""
    lasting = Grant.objects.filter(lasts_beyond(timezone.localdate(moment)))
    return Q(Exists(lasting.filter(person=OuterRef("pk"))))


def administrators(on: date) -> QuerySet[Grant]:
    """Grants of those who can give roles to everybody: administrators of the whole network who may sign in."""
    return Grant.objects.on(on).filter(role=Role.ADMINISTRATOR, site=None, person__account__is_active=True)


def is_last_administrator(person: Person) -> bool:
    """Sooner or later nobody could give roles if `person` were gone: a role with an end keeps no network."""
    held = administrators(timezone.localdate())
    others = held.filter(period__upper_inf=True).exclude(person=person)
    return held.filter(person=person).exists() and not others.exists()
