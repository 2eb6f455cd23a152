"""Bringing a bank's file, and saying what each sum that came pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.billing import bank, verbs
from fondouk.billing.enums import Means
from fondouk.billing.models import BankLine, BankStatement, Customer, Invoice, Payment
from fondouk.billing.queries.matching import best_of
from fondouk.files.actions import store_file
from fondouk.files.sniffing import CSV, ODS, XLSX
from fondouk.lib.db import lock
from fondouk.people.models import Person
from fondouk.sites.models import Operator, SiteOperator

from .paying import receive, reverse

ACCEPTED = (CSV, XLSX, ODS)
BANKING = 0x0B11_BA4C << 32
"""Advisory locks: who reads files of an operator's bank, one at a time."""
CHUNK = 2000


@transaction.atomic
def bring_file(operator: Operator, upload: File[bytes], *, by: Person) -> BankStatement:
    """Keep a bank's file. Raises `files.actions.FileRefused`, and `ValidationError` for one that was read already."""
    stored = store_file(upload, by=by, accepted=ACCEPTED)
    if BankStatement.objects.filter(operator=operator, sha256=stored.sha256, read_at__isnull=False).exists():
        raise ValidationError({"upload": _("This file has been read already: nothing in it is new.")})
    return BankStatement.objects.create(operator=operator, file=stored, sha256=stored.sha256, brought_by=by)


def columns_before(operator: Operator) -> dict[str, str]:
    """Which column was which in the last file of that operator's bank."""
    last = BankStatement.objects.filter(operator=operator, read_at__isnull=False).first()
    return dict(last.columns) if last else {}


@transaction.atomic
def read_file(
    statement: BankStatement,
    rows: Sequence[Sequence[Any]],
    header_row: int,
    columns: Mapping[str, str],
    *,
    by: Person,
) -> tuple[int, int]:
    """Write down every sum that came. Returned are how many are new, and how many an earlier file had told of.

    Raises `ValidationError`: for a layout that does not say what is needed, for rows that cannot be read (nothing is
    written then), for a file in which nothing came.
    """
    lock([BANKING + statement.operator_id])
    locked = BankStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.read_at is not None:
        raise ValidationError(_("This file has been read already: nothing in it is new."))
    headers = rows[header_row] if header_row < len(rows) else []
    if lacking := bank.missing(columns, headers):
        raise ValidationError({meaning: _("Say which column this is.") for meaning in lacking})
    found = bank.read(rows, header_row, columns)
    if found.unread:
        sentences = {
            "date": _("Row %(row)s: “%(value)s” is no date."),
            "amount": _("Row %(row)s: “%(value)s” is no amount."),
        }
        raise ValidationError(
            [sentences[one.code] % {"row": one.row, "value": one.value} for one in found.unread[:10]]
        )
    if not found.came:
        raise ValidationError(_("No sum that came is in this file."))
    wanted = {one.fingerprint: one for one in found.came}
    known = set(
        BankLine.objects.filter(operator=locked.operator_id, fingerprint__in=wanted).values_list(
            "fingerprint", flat=True
        )
    )
    BankLine.objects.bulk_create(
        [
            BankLine(
                statement=locked,
                operator_id=locked.operator_id,
                row=one.row,
                on=one.on,
                label=one.label,
                reference=one.reference,
                amount=one.amount,
                fingerprint=one.fingerprint,
            )
            for one in found.came
            if one.fingerprint not in known
        ],
        batch_size=CHUNK,
    )
    locked.columns, locked.header_row, locked.known = dict(columns), header_row, len(known)
    locked.read_at = timezone.now()
    locked.save(update_fields=["columns", "header_row", "known", "read_at"])
    new = len(wanted) - len(known)
    record(verbs.BANK_READ, locked.operator, by=by, new=new, known=len(known), operator=locked.operator.name)
    return new, len(known)


@transaction.atomic
def forget_file(statement: BankStatement, *, by: Person) -> None:
    """A file that was brought and not read. Raises `ValidationError` once it was."""
    locked = BankStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.read_at is not None:
        raise ValidationError(_("This file was read: what it told stays."))
    locked.delete()


@transaction.atomic
def accept(line: BankLine, customer: Customer, parts: Mapping[int, Decimal], *, by: Person | None) -> Payment:
    """It is a payment of this customer's, and pays so much of these invoices, by key. Raises `ValidationError`."""
    locked = BankLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if locked.payment_id is not None or locked.dismissed_at is not None:
        raise ValidationError(_("Somebody has said already what this pays."))
    payment = receive(
        Payment(
            operator_id=locked.operator_id,
            site_id=_site_of(parts, locked.operator_id, locked.on),
            customer=customer,
            means=Means.TRANSFER,
            received_on=locked.on,
            amount=locked.amount,
            reference=(locked.reference or locked.label)[:140],
            payer=locked.label[:200],
        ),
        parts,
        by=by,
    )
    locked.payment = payment
    locked.save(update_fields=["payment"])
    return payment


def _site_of(parts: Mapping[int, Decimal], operator: int, on: date) -> int:
    paid = Invoice.objects.filter(pk__in=parts).order_by("pk").values_list("site", flat=True).first()
    if paid is not None:
        return paid
    rows = SiteOperator.objects.filter(operator=operator).order_by("period", "pk")
    site = rows.filter(period__contains=on).values_list("site", flat=True).first()
    site = site or rows.values_list("site", flat=True).first()
    if site is None:
        raise ValidationError(_("This operator runs no site."))
    return site


def accept_certain(operator: Operator, *, by: Person) -> int:
    """Accept every proposal that is certain. How many. What somebody else was quicker to pay is left to people."""
    lines = {one.pk: one for one in BankLine.objects.open().filter(operator=operator).order_by("on", "pk")}
    count = 0
    for key, found in best_of(lines.values(), operator.pk).items():
        if not found.is_certain:
            continue
        try:
            accept(lines[key], Customer.objects.get(pk=found.customer), found.parts, by=by)
        except ValidationError:
            continue
        count += 1
    return count


@transaction.atomic
def dismiss(line: BankLine, *, reason: str, by: Person) -> None:
    """It pays nothing that is billed here: a subsidy, a transfer between accounts. Raises `ValidationError`."""
    locked = BankLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if locked.payment_id is not None or locked.dismissed_at is not None:
        raise ValidationError(_("Somebody has said already what this pays."))
    locked.dismissed_at, locked.dismissed_by, locked.reason = timezone.now(), by, reason.strip()[:300]
    locked.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
    record(verbs.BANK_DISMISSED, locked.operator, by=by, amount=f"{locked.amount:.2f}", reason=locked.reason)


@transaction.atomic
def reopen(line: BankLine, *, by: Person) -> None:
    """What was said of it is taken back: whoever says again what it pays starts anew. Raises `ValidationError`."""
    locked = BankLine.objects.select_for_update(of=("self",)).select_related("payment").get(pk=line.pk)
    if locked.payment is not None:
        reverse(locked.payment, reason=_("Matched wrongly"), on=max(timezone.localdate(), locked.on), by=by)
    locked.payment, locked.dismissed_at, locked.dismissed_by, locked.reason = None, None, None, ""
    locked.save(update_fields=["payment", "dismissed_at", "dismissed_by", "reason"])
