"""Facts announced by people, below, written into the audit."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from fondouk.audit import verbs
from fondouk.audit.actions import record
from fondouk.people import signals

ACCOUNT_CREATED = verbs.register(
    "people.account_created", _("Account opened for %(person)s"), icon="user-check"
)
ACCOUNT_CLOSED = verbs.register("people.account_closed", _("Account of %(person)s closed"), icon="user-off")
ACCOUNT_REOPENED = verbs.register(
    "people.account_reopened", _("Account of %(person)s opened again"), icon="user-check"
)
INVITED = verbs.register("people.invited", _("%(person)s invited"), icon="mail")
INVITATION_WITHDRAWN = verbs.register(
    "people.invitation_withdrawn", _("Invitation of %(person)s withdrawn"), icon="mail-off"
)
PERSON_CREATED = verbs.register("people.person_created", _("%(person)s added"), icon="user-plus")
PERSON_CHANGED = verbs.register("people.person_changed", _("Details of %(person)s changed"), icon="pencil")
PERSON_EXPORTED = verbs.register(
    "people.person_exported", _("Data of %(person)s handed out"), icon="download"
)
PERSON_ERASED = verbs.register("people.person_erased", _("Data of a person erased"), icon="eraser")
TOKEN_CREATED = verbs.register("people.token_created", _("API token “%(name)s” made"), icon="key")
TOKEN_REVOKED = verbs.register("people.token_revoked", _("API token “%(name)s” revoked"), icon="key-off")
PROCESSING_SAVED = verbs.register(
    "people.processing_saved", _("Register of processings: “%(name)s”"), icon="shield-lock"
)
RETENTION_DECIDED = verbs.register(
    "people.retention_decided", _("How long is kept, changed: %(rule)s"), icon="hourglass"
)
RETENTION_APPLIED = verbs.register(
    "people.retention_applied", _("Kept no longer: %(rule)s (%(count)s)"), icon="hourglass"
)


@receiver(signals.account_created)
def _account_created(account: Any, by: Any, **extra: Any) -> None:
    record(ACCOUNT_CREATED, account, account.person, by=by, person={"person": account.person_id})


@receiver(signals.account_closed)
def _account_closed(account: Any, by: Any, **extra: Any) -> None:
    record(ACCOUNT_CLOSED, account, account.person, by=by, person={"person": account.person_id})


@receiver(signals.account_reopened)
def _account_reopened(account: Any, by: Any, **extra: Any) -> None:
    record(ACCOUNT_REOPENED, account, account.person, by=by, person={"person": account.person_id})


@receiver(signals.invitation_created)
def _invited(invitation: Any, by: Any, **extra: Any) -> None:
    record(INVITED, invitation, invitation.person, by=by, person={"person": invitation.person_id})


@receiver(signals.invitation_withdrawn)
def _invitation_withdrawn(invitation: Any, by: Any, **extra: Any) -> None:
    record(
        INVITATION_WITHDRAWN, invitation, invitation.person, by=by, person={"person": invitation.person_id}
    )


@receiver(signals.person_created)
def _person_created(person: Any, by: Any, **extra: Any) -> None:
    record(PERSON_CREATED, person, by=by, person={"person": person.pk})


@receiver(signals.person_changed)
def _person_changed(person: Any, fields: list[str], by: Any, **extra: Any) -> None:
    record(PERSON_CHANGED, person, by=by, person={"person": person.pk}, fields=fields)


@receiver(signals.person_exported)
def _person_exported(person: Any, by: Any, **extra: Any) -> None:
    record(PERSON_EXPORTED, person, by=by, person={"person": person.pk})


@receiver(signals.person_erased)
def _person_erased(person: Any, by: Any, **extra: Any) -> None:
    record(PERSON_ERASED, person, by=by)


@receiver(signals.token_created)
def _token_created(token: Any, by: Any, **extra: Any) -> None:
    record(TOKEN_CREATED, token, by=by, name=token.name)


@receiver(signals.token_revoked)
def _token_revoked(token: Any, by: Any, **extra: Any) -> None:
    record(TOKEN_REVOKED, token, by=by, name=token.name)


@receiver(signals.processing_saved)
def _processing_saved(processing: Any, by: Any, **extra: Any) -> None:
    record(PROCESSING_SAVED, processing, by=by, name=processing.name)


@receiver(signals.retention_decided)
def _retention_decided(rules: list[str], by: Any, **extra: Any) -> None:
    for code in rules:
        record(RETENTION_DECIDED, by=by, rule={"rule": code})


@receiver(signals.retention_applied)
def _retention_applied(rule: str, count: int, **extra: Any) -> None:
    record(RETENTION_APPLIED, by=None, rule={"rule": rule}, count=count)
