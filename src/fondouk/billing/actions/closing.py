"""Closing months, and the accounts that amounts are booked to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import a_day, record
from fondouk.billing import verbs
from fondouk.billing.models import Account, Closing
from fondouk.lib.periods import add_months
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.sites.models import Operator


@transaction.atomic
def close_month(operator: Operator, month: date, *, by: Person) -> Closing:
    """Nothing of this operator is dated in that month or before any more. Raises `ValidationError`: for a month that has
    not ended, and for one that is closed.
    """
    # Payments hold a share of this row while they are written: those of a closed month are in before it closes, or refused.
    Operator.objects.select_for_update().get(pk=operator.pk)
    first = month.replace(day=1)
    after = add_months(first, 1)
    if after > timezone.localdate():
        raise ValidationError(_("This month has not ended yet."))
    if Closing.objects.filter(operator=operator, month__gte=first).exists():
        raise ValidationError(_("This month is closed already."))
    closing = Closing(operator=operator, month=first, last_day=after - timedelta(days=1), by=by)
    save(closing)
    record(verbs.MONTH_CLOSED, operator, by=by, month=a_day(first))
    return closing


@transaction.atomic
def save_accounts(codes: Mapping[str, str], *, by: Person) -> None:
    """By role, the account that its amounts are booked to. Raises `ValidationError` by role."""
    problems = {}
    for row in Account.objects.select_for_update().filter(role__in=codes):
        if row.code != codes[row.role]:
            row.code = codes[row.role]
            try:
                save(row)
            except ValidationError as error:
                problems[row.role] = error.messages
    if problems:
        raise ValidationError(problems)
    record(verbs.ACCOUNTS_CHANGED, by=by)
