"""What billing brings to menus, to the page of a company, to search and to *À traiter*."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fondouk.billing.enums import Language
from fondouk.billing.models import Customer, Invoice
from fondouk.billing.queries import account_of, buyers, customer_of_company, listed, state_of
from fondouk.billing.rules import READERS
from fondouk.billing.web.tones import TONES
from fondouk.companies.models import Company
from fondouk.files import readers
from fondouk.files.models import StoredFile
from fondouk.lib.addresses import record_address
from fondouk.lib.formats import format_money
from fondouk.lib.money import Money
from fondouk.people.rules import verdict
from fondouk.search import registry as search
from fondouk.search.queries import Terms
from fondouk.sites.rules import reach
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, Tab, register

SHOWN = 12


def company_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    day = timezone.localdate()
    customer = customer_of_company(company)
    standing = customer or Customer(company=company)
    invoices = Invoice.objects.visible_to(request.user).filter(customer__company=company)
    rows = list(listed(invoices)[:SHOWN])
    return {
        "company": company,
        "customer": standing,
        "email": standing.main_email,
        "language": Language(standing.language).label,
        "buyer": buyers([standing], day)[standing.pk],
        "account": account_of(customer, day),
        "rows": [(one, (state := state_of(one, day)), TONES[state]) for one in rows],
        "count": invoices.count() if len(rows) == SHOWN else len(rows),
        "may_bill": verdict(request.user, "billing.bill", company),
    }


register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=gettext_lazy("Billing"),
        route="billing",
        icon="receipt",
        order=40,
        permission="billing.list",
    ),
    Tab(
        place="companies.company",
        key="invoices",
        label=gettext_lazy("Invoices"),
        order=40,
        permission="billing.list",
    ),
    Panel(
        place="companies.company:invoices",
        template="billing/panels/company.html",
        context=company_panel,
        order=10,
        permission="billing.list",
    ),
)


@readers.register
def may_read_paper(account: Any, stored: StoredFile) -> bool:
    """The file of an invoice: whoever sees the invoice."""
    return Invoice.objects.visible_to(account).filter(file__stored=stored).exists()


def drafts(account: Any, site: int | None) -> Any:
    rows = listed(reach(account, *READERS).limit(Invoice.objects.drafts(), "site"))
    return (rows if site is None else rows.filter(site=site)).order_by("made_at", "pk")


def _draft(invoice: Invoice) -> Item:
    return Item(
        _("Draft invoice"),
        record_address("invoice", invoice.pk),
        invoice.customer.label,
        format_money(Money(invoice.total, invoice.currency), _language()),
        timezone.localtime(invoice.made_at).date(),
        _("Look at it"),
        "info",
    )


def _language() -> str:
    return (get_language() or "fr")[:2]


todos.register(
    todos.Source(
        code="billing-drafts",
        label=gettext_lazy("Invoices to issue"),
        rows=drafts,
        item=_draft,
        order=45,
        permission="billing.bill",
    )
)


def find_invoices(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("billing.list"):
        return
    found = listed(Invoice.objects.visible_to(account).filter(reference__icontains=terms.folded))
    for invoice in found[:limit]:
        yield search.Hit(
            invoice.reference or "", record_address("invoice", invoice.pk), invoice.customer.label, "receipt"
        )


search.register(
    search.Source(code="invoices", label=gettext_lazy("Invoices"), find=find_invoices, order=35),
    search.Action(
        label=gettext_lazy("Billing"),
        route="billing",
        icon="receipt",
        words=gettext_lazy("invoices payments charges"),
        permission="billing.list",
    ),
)
