"""Announcing visitors, changing one's mind, and receiving those whom nobody has announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.companies.models import Company
from fondouk.lib.db import lock
from fondouk.lib.saving import save
from fondouk.lib.text import drop_invisible, one_line, writable
from fondouk.lib.zones import at_or_after
from fondouk.people.models import Person
from fondouk.reception import verbs
from fondouk.reception.models import Letter, Visit
from fondouk.reception.signals import visit_announced, visit_arrived, visit_cancelled
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource

from .letters import TO_VISITORS, invite, tell_arrival, tell_declined, uninvite
from .meanwhile import Meanwhile, locked

MOST = 30
"""Visitors announced at once; larger groups are tours."""
LETTERS_A_DAY = 200
"""To visitors, for one host: what stands in them could be misused."""
LETTERS_A_VISIT = 10
AHEAD = timedelta(days=366)
LOCK = 0x0F0D_C003 << 32
"""The advisory locks of hosts whose letters are counted: their keys within this range of numbers."""


@dataclass(frozen=True)
class Guest:
    name: str
    email: str = ""
    organisation: str = ""


@transaction.atomic
def announce(
    guests: Sequence[Guest],
    *,
    site: Site,
    day: date,
    clock: time,
    host: Person,
    by: Person,
    company: Company | None = None,
    resource: Resource | None = None,
    language: str = "fr",
    note: str = "",
) -> list[Visit]:
    """One visit for each guest, and an invitation to those who have an address: all or nothing.

    Raises `ValidationError` beside "guests", "day" or "resource".
    """
    if not guests:
        raise ValidationError({"guests": _("Write the name of the visitor.")})
    if len(guests) > MOST:
        raise ValidationError({"guests": _("%(n)s visitors at once at most.") % {"n": MOST}})
    _check_place(site, resource)
    _check_day(site, day, clock)
    _check_letters(host, sum(bool(guest.email) for guest in guests))
    made = []
    for guest in guests:
        visit = Visit(
            site=site,
            company=company,
            host=host,
            resource=resource,
            day=day,
            clock=clock,
            language=language,
            note=note.strip(),
            name=said_in_a_line(guest.name),
            organisation=said_in_a_line(guest.organisation),
            email=_address(guest),
        )
        save(visit, beside={"visit_of_somebody": "guests"})
        made.append(visit)
    record(verbs.ANNOUNCED, *made, by=by, count=len(made))
    for visit in made:
        visit_announced.send(sender=Visit, visit=visit)
        invite(visit)
    return made


def _address(guest: Guest) -> str:
    address = guest.email.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError({"guests": f"{address}: {error.messages[0]}"}) from error
    return address


def said_in_a_line(text: str) -> str:
    """What strangers type stands in letters and in lists: one line of it, and nothing that is not seen."""
    return one_line(drop_invisible(writable(text)))


def _check_place(site: Site, resource: Resource | None) -> None:
    if resource is not None and resource.site_id != site.pk:
        raise ValidationError({"resource": _("This space is on another site.")})


def _check_day(site: Site, day: date, clock: time) -> None:
    """Today, also for an hour that has just passed; a year ahead at most."""
    now = timezone.now()
    at = at_or_after(datetime.combine(day, clock), site.zone)
    if at < now - timedelta(hours=1):
        raise ValidationError({"day": _("This is in the past.")})
    if at > now + AHEAD:
        raise ValidationError({"day": _("A year ahead at most.")})


def _check_letters(host: Person, more: int, visit: Visit | None = None) -> None:
    lock([LOCK + host.pk])  # two announcements at once are counted one after the other
    since = timezone.now() - timedelta(days=1)
    lately = Letter.objects.filter(message__created_at__gte=since, message__kind__in=TO_VISITORS)
    if visit is not None and lately.filter(visit=visit).count() >= LETTERS_A_VISIT:
        raise ValidationError(_("This visitor was written to often enough today."))
    if lately.filter(visit__host=host).count() + more > LETTERS_A_DAY:
        said = _("%(n)s invitations a day at most. Announce the others without an address, or tomorrow.")
        raise ValidationError({"guests": said % {"n": LETTERS_A_DAY}})


@transaction.atomic
def change(
    visit: Visit,
    *,
    day: date,
    clock: time,
    resource: Resource | None,
    note: str,
    by: Person,
    sequence: int | None = None,
) -> Visit:
    """Another day, hour or place: the visitor hears of it. Raises `Meanwhile`, `ValidationError` beside its field."""
    current = locked(visit)
    if (sequence is not None and sequence != current.sequence) or not current.is_ahead:
        raise Meanwhile
    _check_place(current.site, resource)
    if (day, clock) != (current.day, current.clock):
        _check_day(current.site, day, clock)
    is_news = (day, clock, resource) != (current.day, current.clock, current.resource)
    if not is_news and note.strip() == current.note:
        return current
    current.day, current.clock, current.resource, current.note = day, clock, resource, note.strip()
    current.sequence += 1
    save(current)
    record(verbs.CHANGED, current, by=by)
    if is_news:
        _check_letters(current.host, 1, current)
        invite(current, again=True)
    return current


@transaction.atomic
def cancel(visit: Visit, *, by: Person) -> Visit:
    """The visitor is not expected any more, and hears of it. Raises `Meanwhile`."""
    current = locked(visit)
    if current.cancelled_at:
        return current
    if not current.is_ahead:
        raise Meanwhile
    _end(current)
    record(verbs.CANCELLED, current, by=by)
    visit_cancelled.send(sender=Visit, visit=current)
    uninvite(current)
    return current


@transaction.atomic
def decline(visit: Visit) -> Visit:
    """The visitor says, by the address of the invitation, that they do not come: the host hears of it."""
    current = locked(visit)
    if current.cancelled_at:
        return current
    if not current.is_ahead:
        raise Meanwhile
    _end(current, has_declined=True)
    record(verbs.DECLINED, current, by=None)
    visit_cancelled.send(sender=Visit, visit=current)
    tell_declined(current)
    return current


def _end(visit: Visit, *, has_declined: bool = False) -> None:
    visit.cancelled_at, visit.has_declined = timezone.now(), has_declined
    visit.sequence += 1
    save(visit, fields=["cancelled_at", "has_declined", "sequence"])


@transaction.atomic
def restore(visit: Visit, *, by: Person) -> Visit:
    """Expected after all. Raises `Meanwhile` once its day is over."""
    current = locked(visit)
    if not current.cancelled_at:
        return current
    if current.day < current.today:
        raise Meanwhile
    _check_letters(current.host, 1, current)
    current.cancelled_at, current.has_declined = None, False
    current.sequence += 1
    save(current, fields=["cancelled_at", "has_declined", "sequence"])
    record(verbs.RESTORED, current, by=by)
    visit_announced.send(sender=Visit, visit=current)
    invite(current, again=True)
    return current


@transaction.atomic
def send_again(visit: Visit, *, by: Person) -> bool:
    """Write the invitation once more. False where there is no address to write to. Raises `Meanwhile`."""
    current = locked(visit)
    if not current.is_ahead:
        raise Meanwhile
    if not current.email:
        return False
    _check_letters(current.host, 1, current)
    record(verbs.SENT_AGAIN, current, by=by)
    invite(current)
    return True


@transaction.atomic
def walk_in(
    guest: Guest,
    *,
    site: Site,
    host: Person,
    by: Person,
    company: Company | None = None,
    note: str = "",
    now: datetime | None = None,
) -> Visit:
    """Somebody stands at the desk whom nobody has announced: they are here, and their host hears of it."""
    moment = now or timezone.now()
    local = moment.astimezone(ZoneInfo(site.zone)).replace(second=0, microsecond=0)
    visit = Visit(
        site=site,
        company=company,
        host=host,
        day=local.date(),
        clock=local.time(),
        language=host.language,
        note=note.strip(),
        name=said_in_a_line(guest.name),
        organisation=said_in_a_line(guest.organisation),
        email=_address(guest),
        arrived_at=moment,
    )
    save(visit, beside={"visit_of_somebody": "name"})
    record(verbs.WALKED_IN, visit, by=by)
    visit_arrived.send(sender=Visit, visit=visit)
    if host.pk != by.pk:
        tell_arrival(visit)
    return visit
