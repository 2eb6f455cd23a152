"""Roles given to people, and the invitations that bring them in."""

from __future__ import annotations

from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Value
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fondouk.audit.actions import record
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.mail.models import Message
from fondouk.people.actions import (
    close_account,
    create_account,
    create_invitation,
    create_person,
    erase_person,
)
from fondouk.people.models import Account, Invitation, Person, PersonErasure
from fondouk.people.privacy import ERASED
from fondouk.sites import verbs
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant, Network, Site
from fondouk.sites.queries import is_last_administrator

INVITATION = notices.register(
    "people.invitation",
    _("Invitation"),
    subject=_("Your account on %(network)s"),
    template="sites/mail/invitation.txt",
    has_secret=True,
)


INVITATIONS_A_DAY = 5
SETTING_UP, ADMINISTRATORS = 0x0F0D_0002, 0x0F0D_0003  # keys of advisory locks


class AlreadySetUp(Exception):
    """The first account exists."""


class InvitedTooOften(Exception):
    """Nobody's mailbox is filled from here. Its text is for people."""

    def __str__(self) -> str:
        return str(
            _(
                "They were invited several times today already. Try again tomorrow, or tell them to look for it."
            )
        )


class LastAdministrator(Exception):
    """Nobody would be left to give roles."""


@transaction.atomic
def give_role(
    person: Person, *, role: str, site: Site | None, by: Person | None, until: date | None = None
) -> Grant:
    """From today, on `site` or on the whole network."""
    end = until + timedelta(days=1) if until else None
    grant = Grant(
        person=person, role=role, site=site, granted_by=by, period=DateRange(timezone.localdate(), end)
    )
    grant.full_clean(exclude=["granted_by"])
    grant.save()
    record(
        verbs.ROLE_GIVEN,
        person,
        by=by,
        person={"person": person.pk},
        role=role,
        site=site.pk if site else None,
    )
    return grant


def hold_setting_up() -> None:
    """Nobody sets the network up, nor fills it, until the transaction ends."""
    _lock(SETTING_UP)


def _lock(key: int) -> None:
    """Held until the transaction ends: the others wait here, in one order, and see what this one did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _keep_an_administrator(person: Person) -> None:
    """Two administrators who end each other's role at once: the second one is refused."""
    _lock(ADMINISTRATORS)
    if is_last_administrator(person):
        raise LastAdministrator


@transaction.atomic
def end_role(grant: Grant, *, by: Person | None) -> None:
    """As of today. The last administrator of the network stays one. Ended already: nothing happens."""
    if grant.role == Role.ADMINISTRATOR and grant.site_id is None:
        _keep_an_administrator(grant.person)
    locked = Grant.objects.select_for_update().filter(pk=grant.pk).first()
    today = timezone.localdate()
    if locked is None or (locked.period.upper is not None and locked.period.upper <= today):
        return
    if locked.period.lower is not None and locked.period.lower >= today:
        locked.delete()
    else:
        locked.period = DateRange(locked.period.lower, today)
        locked.save(update_fields=["period"])
    record(verbs.ROLE_ENDED, locked.person, by=by, person={"person": locked.person_id}, role=locked.role)


@transaction.atomic
def invite_person(person: Person, *, email: str, by: Person | None, company: str = "") -> Invitation:
    """Send a link with which `person` makes their account. Raises `InvitedTooOften` after some in a day.

    `company` is the one whose team they join, where that is why they are invited.
    """
    since = timezone.now() - timedelta(days=1)
    if person.invitations.filter(created_at__gte=since).count() >= INVITATIONS_A_DAY:
        raise InvitedTooOften
    invitation, secret = create_invitation(person, email=email, by=by)
    with translation.override(person.language):
        link = settings.PUBLIC_URL + reverse("invitation", args=[secret])
    notify(
        person,
        INVITATION,
        to=email,
        link=link,
        network=str(Network.current()),
        company=company,
        inviter=by.name if by else "",
        expires_at=invitation.expires_at,
    )
    return invitation


@transaction.atomic
def close_account_of(person: Person, *, by: Person | None) -> None:
    """They may not sign in any more; the last administrator must be able to."""
    _keep_an_administrator(person)
    close_account(person.account, by=by)


@transaction.atomic
def erase_data_of(person: Person, *, by: Person | None, reason: str = "") -> PersonErasure:
    """Erase a person's data. Their roles end with it, so the last administrator cannot be erased."""
    _keep_an_administrator(person)
    return erase_person(person, by=by, reason=reason)


@transaction.atomic
def end_roles_of(person: Person) -> None:
    """For the erasure of their data: no role is left to a name that nobody knows."""
    today = timezone.localdate()
    person.grants.filter(period__startswith__gte=today).delete()
    for grant in person.grants.on(today):
        grant.period = DateRange(grant.period.lower, today)
        grant.save(update_fields=["period"])


@transaction.atomic
def forget_inviter(person: Person) -> None:
    """Invitations that `person` sent name them in their text, under the name they bore then."""
    history = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj_id=person.pk)
    invited = Invitation.objects.filter(invited_by=person).values("person")
    for name in {person.name, *history.values_list("name", flat=True)} - {"", ERASED}:
        Message.objects.filter(kind=INVITATION, person__in=invited, text__contains=name).update(
            text=Replace("text", Value(name), Value(ERASED))
        )


@transaction.atomic
def set_up_network(*, name: str, person_name: str, email: str, password: str, language: str) -> Account:
    """The first account of a new installation: the network's name, and its administrator."""
    hold_setting_up()
    if Account.objects.exists():
        raise AlreadySetUp
    person = create_person(name=person_name, email=email, language=language, by=None)
    account = create_account(person=person, email=email, password=password, by=person)
    Network.objects.update_or_create(pk=1, defaults={"name": name})
    give_role(person, role=Role.ADMINISTRATOR, site=None, by=person)
    return account
