"""Endpoints as administrators keep them, and messages sent again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.webhooks import verbs
from fondouk.webhooks.enums import OPEN, Kind, State
from fondouk.webhooks.models import Delivery, Endpoint

from .telling import queue

BESIDE = {"webhook_over_http": "url", "webhook_hears_of_something": "kinds"}


@transaction.atomic
def add_endpoint(endpoint: Endpoint, *, by: Person) -> Endpoint:
    """Raises `ValidationError` beside its field."""
    endpoint.made_by = by
    save(endpoint, beside=BESIDE)
    record(verbs.ADDED, endpoint, by=by, label=endpoint.label)
    return endpoint


@transaction.atomic
def change_endpoint(endpoint: Endpoint, *, by: Person) -> Endpoint:
    """Raises `ValidationError` beside its field. Messages on their way go to the new address."""
    save(endpoint, beside=BESIDE, fields=["label", "url", "kinds", "site"])
    record(verbs.CHANGED, endpoint, by=by, label=endpoint.label)
    return endpoint


@transaction.atomic
def switch(endpoint: Endpoint, *, on: bool, by: Person) -> None:
    """Nothing is kept for one that is off, and what is on its way is dropped."""
    if not on:
        Delivery.objects.filter(endpoint=endpoint, state__in=OPEN).exclude(event__kind=Kind.TEST).update(
            state=State.DROPPED, next_at=None
        )
    if Endpoint.objects.filter(pk=endpoint.pk, is_on=not on).update(is_on=on):
        record(verbs.SWITCHED_ON if on else verbs.SWITCHED_OFF, endpoint, by=by, label=endpoint.label)


@transaction.atomic
def rotate_secret(endpoint: Endpoint, *, by: Person) -> None:
    """A new secret from now on; the one before signs too for a day."""
    Endpoint.objects.filter(pk=endpoint.pk).update(turn=F("turn") + 1, turned_at=timezone.now())
    record(verbs.ROTATED, endpoint, by=by, label=endpoint.label)


@transaction.atomic
def remove_endpoint(endpoint: Endpoint, *, by: Person) -> None:
    """With all that was sent to it. Raises `ValidationError` while one is being sent, which the worker writes down."""
    mine = Delivery.objects.filter(endpoint=endpoint)
    held = mine.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    if set(mine.values_list("pk", flat=True)) - set(held):
        raise ValidationError(_("A message is being sent to it: try again in a minute."))
    record(verbs.REMOVED, endpoint, by=by, label=endpoint.label)
    endpoint.delete()


@transaction.atomic
def send_again(delivery: Delivery, *, by: Person) -> None:
    """Once more, under the same id, whether it was received or not. Raises `ValidationError` while it is on its way."""
    locked = Delivery.objects.select_for_update(of=("self",)).select_related("endpoint").get(pk=delivery.pk)
    if locked.state in OPEN:
        raise ValidationError(_("It is on its way already."))
    _begin_again([locked])
    record(verbs.SENT_AGAIN, locked.endpoint, by=by, label=locked.endpoint.label, count=1)


@transaction.atomic
def send_failed_again(endpoint: Endpoint, *, by: Person) -> int:
    """All that failed or was dropped. How many."""
    rows = Delivery.objects.select_for_update(of=("self",), skip_locked=True)
    failed = list(rows.filter(endpoint=endpoint, state__in=(State.FAILED, State.DROPPED)).order_by("pk"))
    _begin_again(failed)
    if failed:
        record(verbs.SENT_AGAIN, endpoint, by=by, label=endpoint.label, count=len(failed))
    return len(failed)


def _begin_again(deliveries: list[Delivery]) -> None:
    now = timezone.now()
    keys = [one.pk for one in deliveries]
    Delivery.objects.filter(pk__in=keys).update(state=State.WAITING, tries=0, next_at=now)
    for one in deliveries:
        queue(one)
