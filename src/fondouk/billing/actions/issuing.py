"""Issuing: the number, the frozen parties, the link in the chain. All of it in one transaction, or nothing.

The counter's row is locked first and for as long as the transaction lasts: numbers are given one after the other, those of a
transaction that ends badly are given again, and what dies leaves neither gap nor duplicate.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fondouk.audit.actions import record_many
from fondouk.billing import verbs
from fondouk.billing.chain import content, hashed
from fondouk.billing.enums import Paper
from fondouk.billing.models import Balance, Counter, Invoice, InvoiceLine, InvoiceTax, Profile
from fondouk.billing.queries.parties import buyers, missing_of, seller_of
from fondouk.billing.signals import invoice_issued, lines_credited
from fondouk.lib.saving import retried
from fondouk.people.models import Person

from .drafting import refresh
from .paying import settle

CODES = {Paper.INVOICE: "", Paper.CREDIT_NOTE: "A", Paper.DEPOSIT: "D"}
"""What tells the series apart: avoir, dépôt."""


@dataclass(frozen=True)
class Problem:
    """Why a draft cannot be issued, for people."""

    invoice: Invoice
    sentence: str


class NotIssuable(Exception):
    """Nothing was issued."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.sentence for problem in problems))
        self.problems = problems


@retried
@transaction.atomic
def issue(drafts: Collection[int], *, by: Person | None, on: date | None = None) -> list[Invoice]:
    """Give these drafts their numbers, in the order of their keys, today; `on` another day is for histories that are told,
    and never before the day of the last number. Those issued already are passed over: asked twice, it issues once.

    Raises `NotIssuable` with every problem of every draft.
    """
    rows = list(
        Invoice.objects.drafts()
        .filter(pk__in=drafts)
        .select_related("customer__company", "customer__person", "credits")
        .defer("customer__company__vector")
        .select_for_update(of=("self",))
        .order_by("operator", "paper", "pk")
    )
    if not rows:
        return []
    today = on or timezone.localdate()
    unrated = {line.invoice_id: line for line in refresh(rows, today)}
    profiles = Profile.objects.select_related("operator").in_bulk({row.operator_id for row in rows})
    lines: dict[int, list[InvoiceLine]] = defaultdict(list)
    for line in InvoiceLine.objects.filter(invoice__in=rows).order_by("invoice", "position"):
        lines[line.invoice_id].append(line)
    _freeze(rows, profiles, today)
    problems = [problem for row in rows for problem in _problems(row, profiles, lines[row.pk], unrated)]
    if problems:
        raise NotIssuable(problems)
    taxes = _taxes_of(rows)
    for (_operator, _paper), group in groupby(rows, key=lambda row: (row.operator_id, row.paper)):
        _number(list(group), profiles, lines, taxes, today)
    _write(rows, by)
    record_many(
        [(verbs.ISSUED, (row, row.customer.party), {"reference": row.reference}) for row in rows], by=by
    )
    _use_credit_notes(rows, today, by)
    credited = _credited_whole(rows)
    if credited:
        lines_credited.send(sender=Invoice, charges=credited)
    for row in rows:
        invoice_issued.send(sender=Invoice, invoice=row)
    return rows


def _freeze(rows: Iterable[Invoice], profiles: dict[int, Profile], today: date) -> None:
    by_language: dict[str, list[Invoice]] = defaultdict(list)
    for row in rows:
        by_language[row.language].append(row)
    for language, group in by_language.items():
        with override(language):
            known = buyers({row.customer for row in group}, today)
        for row in group:
            profile = profiles.get(row.operator_id)
            row.seller = seller_of(profile) if profile else None
            row.buyer = known[row.customer_id]
            if row.credits is not None:
                # Whom it was billed to is whom it is credited to, whatever they are called by now.
                row.buyer = row.credits.buyer
            terms = row.customer.terms_days
            days = terms if terms is not None else profile.terms_days if profile else 0
            row.issued_on, row.due_on = today, today + timedelta(days=0 if row.credits_id else days)


def _problems(
    row: Invoice, profiles: dict[int, Profile], lines: list[InvoiceLine], unrated: dict[int, InvoiceLine]
) -> Iterable[Problem]:
    if row.operator_id not in profiles:
        yield Problem(
            row, _("Say first how this operator bills: since when, and what its invoices say of it.")
        )
        return
    if not lines:
        yield Problem(row, _("An invoice has a line at least."))
    if row.net < 0:
        yield Problem(row, _("An invoice below zero is a credit note: credit what was billed."))
    if row.pk in unrated:
        yield Problem(
            row, _("Nobody has told the rate of « %(code)s » today.") % {"code": unrated[row.pk].vat_code}
        )
    assert row.seller is not None and row.buyer is not None  # noqa: S101 - both were just frozen
    for missing in missing_of(row.seller, row.buyer, is_company=row.customer.company_id is not None):
        if not missing.is_warning and row.credits_id is None:
            yield Problem(row, _("Missing: %(what)s.") % {"what": missing.what})


def _taxes_of(rows: Collection[Invoice]) -> dict[int, list[InvoiceTax]]:
    found: dict[int, list[InvoiceTax]] = defaultdict(list)
    for tax in InvoiceTax.objects.filter(invoice__in=rows):
        found[tax.invoice_id].append(tax)
    return found


def _number(
    rows: list[Invoice],
    profiles: dict[int, Profile],
    lines: dict[int, list[InvoiceLine]],
    taxes: dict[int, list[InvoiceTax]],
    today: date,
) -> None:
    """Numbers and hashes of the rows of one series."""
    operator, paper = rows[0].operator_id, rows[0].paper
    counter = _counter(operator, paper, today)
    if counter.last_on > today:
        sentence = _(
            "The clock of this machine says %(today)s, but the last number is of %(last)s. Set the clock right."
        )
        raise NotIssuable([Problem(rows[0], sentence % {"today": today, "last": counter.last_on})])
    prefix = f"{profiles[operator].operator.invoice_prefix}-{CODES[Paper(paper)]}{today.year}"
    for row in rows:
        counter.last += 1
        row.number, row.year, row.reference = counter.last, today.year, f"{prefix}-{counter.last:05d}"
        row.issued_at = timezone.now()
        row.previous_hash = counter.last_hash
        row.hash = counter.last_hash = hashed(content(row, lines[row.pk], taxes[row.pk]), row.previous_hash)
    counter.last_on = today
    counter.save(update_fields=["last", "last_on", "last_hash"])


def _counter(operator: int, paper: str, today: date) -> Counter:
    """Locked until the transaction ends. The year's first carries on the chain of the last year."""
    series = Counter.objects.filter(operator=operator, paper=paper)
    latest = series.order_by("-year").select_for_update().first()
    if latest is not None and latest.year >= today.year:
        return latest
    # The last year's row is locked: whoever begins the year at the same moment waits, and then finds the new one.
    before = latest.last_hash if latest else ""
    begun = Counter(
        operator_id=operator, paper=paper, year=today.year, last_on=today, seed=before, last_hash=before
    )
    Counter.objects.bulk_create([begun], ignore_conflicts=True)
    return series.select_for_update().get(year=today.year)


def _write(rows: Collection[Invoice], by: Person | None) -> None:
    """All of them in one statement."""
    told = [
        {
            "id": row.pk,
            "number": row.number,
            "year": row.year,
            "reference": row.reference,
            "issued_on": row.issued_on.isoformat() if row.issued_on else None,
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "issued_at": row.issued_at.isoformat() if row.issued_at else None,
            "seller": row.seller,
            "buyer": row.buyer,
            "previous_hash": row.previous_hash,
            "hash": row.hash,
        }
        for row in rows
    ]
    for row in rows:
        row.issued_by = by
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE billing_invoice AS kept SET number = told.number, year = told.year, reference = told.reference,
                      issued_on = told.issued_on, due_on = told.due_on, issued_at = told.issued_at, issued_by_id = %s,
                      seller = told.seller, buyer = told.buyer, previous_hash = told.previous_hash, hash = told.hash
                 FROM jsonb_to_recordset(%s::jsonb) AS told (
                      id bigint, number integer, year smallint, reference text, issued_on date, due_on date,
                      issued_at timestamptz, seller jsonb, buyer jsonb, previous_hash text, hash text)
                WHERE kept.id = told.id""",
            [by.pk if by else None, json.dumps(told)],
        )


def _use_credit_notes(rows: Collection[Invoice], today: date, by: Person | None) -> None:
    """A credit note first pays what is left of the invoice that it corrects; the rest is a credit of the customer's."""
    notes = [row for row in rows if row.credits_id is not None and row.total > 0]
    left = Balance.objects.in_bulk([row.credits_id for row in notes])
    for note in notes:
        due = left[note.credits_id or 0]
        due.refresh_from_db(fields=["remaining"])
        if part := min(due.remaining, note.total):
            settle(note, {due.pk: part}, on=today, by=by)


def _credited_whole(rows: Collection[Invoice]) -> list[int]:
    """Keys of the charges whose line is taken back as a whole, now that these are issued, to be billed anew."""
    notes = [row.pk for row in rows if row.bills_again]
    if not notes:
        return []
    lines = InvoiceLine.objects.filter(pk__in=InvoiceLine.objects.filter(invoice__in=notes).values("credits"))
    back = Sum("credited_by__net", filter=Q(credited_by__invoice__number__isnull=False))
    return list(lines.annotate(back=back).filter(back=F("net")).values_list("charge", flat=True))
