"""Giving credits to a company, and correcting what was given."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.credits import verbs
from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Lot
from fondouk.lib.saving import save
from fondouk.people.models import Person

BESIDE = {"credits_good_for_a_day": "until"}


@transaction.atomic
def grant(lot: Lot, quantity: Decimal, *, by: Person | None) -> Lot:
    """A new lot of so many credits. Raises `ValidationError` by field."""
    if quantity <= 0:
        raise ValidationError({"quantity": _("Write more than zero.")})
    lot.made_by = by
    save(lot, beside=BESIDE)
    Entry.objects.create(lot=lot, kind=EntryKind.GRANTED, quantity=quantity, reason=lot.reason, by=by)
    lot.refresh_from_db(fields=["remaining"])
    record(verbs.GRANTED, lot.company, by=by, quantity=_plain(quantity), reason=lot.reason)
    return lot


@transaction.atomic
def adjust(lot: Lot, quantity: Decimal, *, reason: str, by: Person) -> Lot:
    """More or fewer by `quantity`, and why. Never fewer than are left: raises `ValidationError`."""
    locked = Lot.objects.select_for_update().get(pk=lot.pk)
    problems = {}
    if not quantity:
        problems["quantity"] = _("Say by how many: more, or fewer with a minus sign.")
    elif locked.remaining + quantity < 0:
        problems["quantity"] = _("There are not as many credits left.")
    if not reason.strip():
        problems["reason"] = _("Say why.")
    if problems:
        raise ValidationError(problems)
    Entry.objects.create(lot=locked, kind=EntryKind.ADJUSTED, quantity=quantity, reason=reason.strip(), by=by)
    locked.refresh_from_db(fields=["remaining"])
    record(verbs.ADJUSTED, locked.company, by=by, quantity=_plain(quantity), reason=reason.strip())
    return locked


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"
