"""The rents of the last months, billed month by month as the run does it, and what companies have paid of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from fondouk.audit.demo import told_at
from fondouk.billing.actions import draft_run, issue_run, start_run
from fondouk.billing.demo import MONTHS
from fondouk.billing.enums import Means
from fondouk.billing.models import Balance, BillingRun, Payment, Settlement
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.lib.money import round_half_up
from fondouk.lib.periods import add_months
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.enums import Role
from fondouk.sites.models import Site

CHUNK = 2000
PROMPT, LATE, IN_PART = 0.78, 0.9, 0.95
"""Shares of the invoices that are paid within the terms, later, in part; the rest is not paid yet."""


def bill(scene: Scene) -> None:
    """As many months as the operator has billed, the present one included."""
    finance = next(member for member in CAST if member.role == Role.FINANCE)
    by = Person.objects.get(name=finance.name, account__isnull=False)
    sites = list(Site.objects.filter(code__in={member.site for member in CAST if member.site}).order_by("pk"))
    this = scene.today.replace(day=1)
    for back in range(MONTHS - 1, -1, -1):
        month = add_months(this, -back)
        moment = working_moment(
            min(month + timedelta(days=4), scene.today), scene.chance("billing", month.isoformat())
        )
        day = moment.date()
        with told_at(moment):
            run = start_run(month, sites, by=by)
            draft_run(run, by=by, advance=lambda _done, _total: None, day=day)
            issue_run(run, by=by, on=day)
            BillingRun.objects.filter(pk=run.pk).update(made_at=moment, drafted_at=moment)
        _pay(scene, run.pk, day, by)


def _pay(scene: Scene, run: int, day: date, by: Person) -> None:
    chance = scene.chance("payments", run)
    payments: list[Payment] = []
    settlements: list[Settlement] = []
    balances = Balance.objects.filter(invoice__run=run).select_related("invoice").order_by("pk")
    for balance in balances:
        fate = chance.random()
        after = chance.randint(4, 55) if fate < PROMPT else chance.randint(61, 110)
        on, share = day + timedelta(days=after), Decimal("0.5") if LATE <= fate < IN_PART else Decimal(1)
        if fate >= IN_PART or on > scene.today:
            continue
        amount = round_half_up(balance.total * share, Decimal("0.01"))
        payment = Payment(
            operator_id=balance.operator_id, site_id=balance.site_id, customer_id=balance.customer_id,
            means=Means.CHEQUE if chance.random() < 0.15 else Means.TRANSFER, received_on=on, amount=amount,
            unsettled=amount, reference=balance.invoice.reference or "", made_by=by,
            made_at=working_moment(on, chance),
        )  # fmt: skip
        payments.append(payment)
        settlements.append(
            Settlement(
                invoice_id=balance.pk, payment=payment, amount=amount, on=on, by=by, at=payment.made_at
            )
        )
    Payment.objects.bulk_create(payments, batch_size=CHUNK)
    Settlement.objects.bulk_create(settlements, batch_size=CHUNK)
