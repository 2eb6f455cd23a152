"""Roles given to people, and the invitations that bring them in."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fondouk.audit.actions import record
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.actions import create_account, create_invitation, create_person
from fondouk.people.models import Account, Invitation, Person
from fondouk.sites import verbs
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant, Network, Site

INVITATION = notices.register(
    "people.invitation",
    _("Invitation"),
    subject=_("Your account on %(network)s"),
    template="sites/mail/invitation.txt",
)


class AlreadySetUp(Exception):
    """The first account exists."""


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
    grant.full_clean(exclude=["person", "granted_by"])
    grant.save()
    record(verbs.ROLE_GIVEN, person, by=by, person={"person": person.pk}, role=role, site=site.pk if site else None)
    return grant


@transaction.atomic
def end_role(grant: Grant, *, by: Person | None) -> None:
    """As of today. The last administrator of the network stays one."""
    locked = Grant.objects.select_for_update().get(pk=grant.pk)
    today = timezone.localdate()
    if locked.role == Role.ADMINISTRATOR and locked.site_id is None:
        administrators = Grant.objects.select_for_update().on(today).filter(
            role=Role.ADMINISTRATOR, site=None, person__account__is_active=True
        )
        if not administrators.exclude(person=locked.person).exists():
            raise LastAdministrator
    if locked.period.lower is not None and locked.period.lower >= today:
        locked.delete()
    else:
        locked.period = DateRange(locked.period.lower, today)
        locked.save(update_fields=["period"])
    record(verbs.ROLE_ENDED, locked.person, by=by, person={"person": locked.person_id}, role=locked.role)


@transaction.atomic
def invite_person(person: Person, *, email: str, by: Person | None) -> Invitation:
    """Send a link with which `person` makes their account."""
    invitation, secret = create_invitation(person, email=email, by=by)
    with translation.override(person.language):
        link = settings.PUBLIC_URL + reverse("invitation", args=[secret])
    notify(
        person,
        INVITATION,
        to=email,
        link=link,
        network=str(Network.current()),
        inviter=by.name if by else "",
        expires_at=invitation.expires_at,
    )
    return invitation


@transaction.atomic
def set_up_network(*, name: str, person_name: str, email: str, password: str, language: str) -> Account:
    """The first account of a new installation: the network's name, and its administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x0F0D_0002])
    if Account.objects.exists():
        raise AlreadySetUp
    person = create_person(name=person_name, email=email, language=language, by=None)
    account = create_account(person=person, email=email, password=password, by=person)
    Network.objects.update_or_create(pk=1, defaults={"name": name})
    give_role(person, role=Role.ADMINISTRATOR, site=None, by=person)
    return account
