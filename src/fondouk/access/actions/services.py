"""Internet services of companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.access import verbs
from fondouk.access.models import FixedAddress, InternetService
from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person

FIELDS = ["period", "network", "down", "up", "note"]
BESIDE = {
    "internet_one_service": "first_day",
    "internet_own_network": "network",
    "internet_network_number": "network",
    "internet_bandwidth": "down",
    "internet_own_address": "addresses",
}


@transaction.atomic
def save_service(service: InternetService, addresses: Sequence[str], *, by: Person) -> InternetService:
    """With its fixed addresses, all or nothing. Raises `ValidationError` beside a field."""
    _write(service, addresses)
    record(verbs.SERVICE_SAVED, service, service.company, by=by, network=service.network)
    return service


def _write(service: InternetService, addresses: Sequence[str]) -> None:
    """But for its suspension, which is a decision of its own."""
    save(service, beside=BESIDE, fields=FIELDS if service.pk else None)
    service.addresses.exclude(address__in=addresses).delete()
    known = {one.address: one for one in service.addresses.all()}
    for address in addresses:
        kept = known.get(address) or FixedAddress(service=service, address=address)
        kept.period = service.period
        try:
            save(kept, beside=BESIDE)
        except ValidationError as error:
            raise ValidationError({"addresses": f"{address}: {' '.join(error.messages)}"}) from error


@transaction.atomic
def end_service(service: InternetService, last_day: date, *, by: Person) -> None:
    """Earlier or later than it was said before. Raises `ValidationError` beside "last_day", or beside what another company
    has by then.
    """
    first = service.period.lower
    if first is not None and last_day < first:
        raise ValidationError({"last_day": _("It ends before it begins.")})
    service.period = DateRange(first, date.fromordinal(last_day.toordinal() + 1))
    _write(service, [one.address for one in service.addresses.all()])
    record(verbs.SERVICE_ENDED, service, service.company, by=by)


@transaction.atomic
def suspend(service: InternetService, because: str, *, by: Person) -> None:
    """By decision of somebody: the Wi-Fi of the company's people lets nobody in from now on."""
    if not because.strip():
        raise ValidationError({"because": _("Say why it is suspended.")})
    changed = InternetService.objects.filter(pk=service.pk, suspended_at=None).update(
        suspended_at=timezone.now(), suspended_because=because.strip()[:300]
    )
    if changed:
        record(verbs.SERVICE_SUSPENDED, service, service.company, by=by, because=because.strip()[:300])


@transaction.atomic
def resume(service: InternetService, *, by: Person) -> None:
    changed = InternetService.objects.filter(pk=service.pk, suspended_at__isnull=False).update(
        suspended_at=None, suspended_because=""
    )
    if changed:
        record(verbs.SERVICE_RESUMED, service, service.company, by=by)
