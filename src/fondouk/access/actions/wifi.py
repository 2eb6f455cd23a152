"""Wi-Fi passwords of people, and the servers that ask for them."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from fondouk.access import verbs
from fondouk.access.models import RadiusServer, WifiAccount
from fondouk.access.secrets import digest, new_password, new_secret
from fondouk.audit.actions import record
from fondouk.companies.models import Company
from fondouk.lib.saving import save
from fondouk.people.models import Person

SEEN_EVERY = timedelta(minutes=5)
TRIES = 20


@transaction.atomic
def give_wifi(person: Person, company: Company, *, by: Person | None) -> tuple[WifiAccount, str]:
    """A new password, shown once; the one before works no more. Also brings back what was revoked."""
    password = new_password()
    account = WifiAccount.objects.select_for_update().filter(person=person, company=company).first()
    if account is None:
        account = _made(person, company, digest(password))
    account.digest, account.revoked_at, account.made_at = digest(password), None, timezone.now()
    save(account, fields=["digest", "revoked_at", "made_at"])
    record(verbs.WIFI_GIVEN, person, company, by=by)
    return account, password


def _made(person: Person, company: Company, kept: str) -> WifiAccount:
    """Under a name of its own: that of the person, and four digits."""
    base = slugify(person.name)[:40] or "membre"
    for _try in range(TRIES):
        name = f"{base}-{secrets.randbelow(9000) + 1000}"
        try:
            with transaction.atomic():
                return WifiAccount.objects.create(person=person, company=company, username=name, digest=kept)
        except IntegrityError:
            known = WifiAccount.objects.filter(person=person, company=company).first()
            if known is not None:  # asked for twice at once
                return known
    raise RuntimeError(f"no free name for {base}")


@transaction.atomic
def revoke_wifi(account: WifiAccount, *, by: Person | None) -> None:
    """From the next question of a server on, nobody is let in with it."""
    if WifiAccount.objects.filter(pk=account.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(verbs.WIFI_REVOKED, account.person, account.company, by=by)


@transaction.atomic
def add_server(server: RadiusServer, *, by: Person) -> str:
    """Its secret, shown once."""
    secret = new_secret()
    server.digest = digest(secret)
    save(server)
    record(verbs.SERVER_ADDED, server, server.site, by=by, label=server.label)
    return secret


def find_server(secret: str) -> RadiusServer | None:
    """The live one of this secret; when it asked last is noted, every few minutes at most."""
    found = RadiusServer.objects.live().select_related("site").filter(digest=digest(secret)).first()
    now = timezone.now()
    if found and (found.last_seen_at is None or now - found.last_seen_at > SEEN_EVERY):
        RadiusServer.objects.filter(pk=found.pk).update(last_seen_at=now)
    return found


@transaction.atomic
def revoke_server(server: RadiusServer, *, by: Person) -> None:
    if RadiusServer.objects.filter(pk=server.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(verbs.SERVER_REVOKED, server, server.site, by=by, label=server.label)
