"""The rents of the last months, billed month by month as the run does it, and what companies have paid of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from fondouk.audit.demo import told_at
from fondouk.billing.actions import bring_file, draft_run, issue_run, read_file, start_run
from fondouk.billing.bank import guess
from fondouk.billing.demo import MONTHS
from fondouk.billing.enums import Means
from fondouk.billing.models import Balance, BillingRun, Payment, Settlement
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.lib.money import round_half_up
from fondouk.lib.periods import add_months
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.enums import Role
from fondouk.sites.models import Operator, Site

CHUNK = 2000
SUMS = 24
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
    with told_at(working_moment(scene.today, scene.chance("bank", "brought"))):
        _tell_of_the_bank(scene, by)


def _tell_of_the_bank(scene: Scene, by: Person) -> None:
    """A file of the bank's, of this morning: sums that name their invoice, or only who sent them, or nothing at all."""
    chance = scene.chance("bank")
    balances = list(
        Balance.objects.unpaid().select_related("invoice", "customer__company").order_by("due_on", "pk")[:400]
    )
    chosen = sorted(chance.sample(balances, min(SUMS, len(balances))), key=lambda one: one.pk)
    rows = [["Date opération", "Libellé", "Référence", "Débit", "Crédit"]]
    for number, one in enumerate(chosen):
        name = one.customer.label.upper()
        label = (
            f"VIR RECU {name} {one.invoice.reference}", f"VIREMENT {one.invoice.reference}", f"VIR RECU DE {name} SARL",
        )[number % 3]  # fmt: skip
        share = Decimal("0.5") if number % 7 == 6 else Decimal(1)
        amount = round_half_up(one.remaining * share, Decimal("0.01"))
        rows.append([f"{scene.today:%d/%m/%Y}", label, "", "", f"{amount:.2f}".replace(".", ",")])
    rows += [
        [f"{scene.today:%d/%m/%Y}", "FRAIS DE TENUE DE COMPTE", "", "55,00", ""],
        [f"{scene.today:%d/%m/%Y}", "VIREMENT FAVEUR SUBVENTION", "", "", "120000,00"],
    ]
    text = "\n".join(";".join(row) for row in rows)
    upload = SimpleUploadedFile("releve-demonstration.csv", text.encode())
    for operator in Operator.objects.all():
        statement = bring_file(operator, upload, by=by)
        read_file(statement, rows, 0, guess(rows[0]), by=by)


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
