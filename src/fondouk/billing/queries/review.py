"""What a person looks at before a month is issued: each draft beside last month's invoice, and what is odd about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from fondouk.billing.amounts import ZERO
from fondouk.billing.enums import Paper
from fondouk.billing.models import BillingRun, Invoice, InvoiceLine, Profile
from fondouk.lib.periods import add_months

from .parties import buyers, missing_of, seller_of

LARGE = Decimal("0.2")
"""A difference from last month that somebody should look at, unless its reasons are known: a fifth."""

NEW, GONE, CHANGED, PART = "new", "gone", "changed", "part"
REASONS = {
    NEW: gettext_lazy("new"),
    GONE: gettext_lazy("not billed any more"),
    CHANGED: gettext_lazy("another amount"),
    PART: gettext_lazy("part of a month"),
}


@dataclass(frozen=True)
class Difference:
    """Between a line and what was billed for the same a month ago."""

    code: str
    label: str
    before: Decimal
    now: Decimal

    @property
    def reason(self) -> str:
        return str(REASONS[self.code])

    @property
    def amount(self) -> Decimal:
        return self.now - self.before


@dataclass(frozen=True)
class Oddity:
    """`blocks`: the draft cannot be issued."""

    sentence: str
    blocks: bool = False


@dataclass
class Reviewed:
    invoice: Invoice
    before: Decimal | None
    """Last month's, before tax; None where nothing was billed."""
    differences: list[Difference] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    @property
    def change(self) -> Decimal:
        return self.invoice.net - (self.before or ZERO)

    @property
    def blocks(self) -> bool:
        return any(oddity.blocks for oddity in self.oddities)


Key = tuple[int, int, str]


def review(run: BillingRun) -> list[Reviewed]:
    """Every draft and invoice of the run, by customer. A fixed number of queries, however many there are."""
    rows = (
        run.invoices.filter(credits=None)
        .select_related("customer__company", "customer__person", "operator", "site")
        .defer("customer__company__vector", "site__vector")
        .prefetch_related("lines__charge")
    )
    invoices = sorted(rows, key=lambda one: (one.customer.label.casefold(), one.pk))
    before = _month_before(run, invoices)
    found = [_compared(invoice, before.get(_key(invoice), [])) for invoice in invoices]
    _look_for_what_is_missing([one for one in found if not one.invoice.is_issued])
    return found


def _key(invoice: Invoice) -> Key:
    return invoice.customer_id, invoice.site_id, invoice.paper


def _month_before(run: BillingRun, invoices: Collection[Invoice]) -> dict[Key, list[InvoiceLine]]:
    month_before = BillingRun.objects.filter(month=add_months(run.month, -1))
    earlier = InvoiceLine.objects.filter(
        invoice__run__in=month_before,
        invoice__customer__in={one.customer_id for one in invoices},
        invoice__paper=Paper.INVOICE,
        invoice__number__isnull=False,
    ).select_related("charge", "invoice")
    found: dict[Key, list[InvoiceLine]] = defaultdict(list)
    for line in earlier:
        found[_key(line.invoice)].append(line)
    return found


def _compared(invoice: Invoice, earlier: list[InvoiceLine]) -> Reviewed:
    now, then = _by_thread(invoice.lines.all()), _by_thread(earlier)
    found = Reviewed(invoice, sum((line.net for line in earlier), ZERO) if earlier else None)
    if earlier:
        found.differences = [
            *_differences(now, then),
            *(
                Difference(GONE, label, net, ZERO)
                for thread, (label, net, _part) in then.items()
                if thread not in now
            ),
        ]
        if abs(found.change) > abs(found.before or ZERO) * LARGE:
            found.oddities.append(Oddity(_("Differs from last month by more than a fifth.")))
    if not invoice.net and not invoice.is_issued:
        found.oddities.append(Oddity(_("Comes to nothing.")))
    if invoice.net < 0 and not invoice.is_issued:
        found.oddities.append(Oddity(_("Below zero: credit what was billed instead."), blocks=True))
    return found


Told = tuple[str, Decimal, bool]


def _by_thread(lines: Collection[InvoiceLine]) -> dict[str, Told]:
    """By what goes on from month to month, else by its words: label, amount, whether part of a month."""
    found: dict[str, Told] = {}
    for line in lines:
        thread = (line.charge.thread if line.charge else "") or f"={line.label}"
        _label, net, part = found.get(thread, ("", ZERO, False))
        found[thread] = (line.label, net + line.net, part or _is_part(line))
    return found


def _is_part(line: InvoiceLine) -> bool:
    """It begins or ends within a month."""
    period = line.period
    return bool(period) and (period.lower.day != 1 or period.upper.day != 1)


def _differences(now: dict[str, Told], then: dict[str, Told]) -> list[Difference]:
    found = []
    for thread, (label, net, part) in now.items():
        if thread not in then:
            found.append(Difference(NEW, label, ZERO, net))
        elif then[thread][1] != net:
            code = PART if part or then[thread][2] else CHANGED
            found.append(Difference(code, label, then[thread][1], net))
    return found


def _look_for_what_is_missing(drafts: Collection[Reviewed]) -> None:
    profiles = Profile.objects.select_related("operator").in_bulk({one.invoice.operator_id for one in drafts})
    with override(None):
        known = buyers({one.invoice.customer for one in drafts}, timezone.localdate())
    for one in drafts:
        profile = profiles.get(one.invoice.operator_id)
        if profile is None:
            one.oddities.append(Oddity(_("Nobody has said how the operator bills."), blocks=True))
            continue
        customer = one.invoice.customer
        buyer = known[customer.pk]
        one.oddities += [
            Oddity(_("Missing: %(what)s.") % {"what": missing.what}, blocks=not missing.is_warning)
            for missing in missing_of(seller_of(profile), buyer, is_company=customer.company_id is not None)
        ]
        if not customer.main_email:
            one.oddities.append(Oddity(_("No e-mail address: it cannot be sent.")))
