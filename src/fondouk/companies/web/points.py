"""What a company's record calls for, on its own page and in *À traiter*."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.companies import attention
from fondouk.companies.enums import Status
from fondouk.companies.models import Company, Residency
from fondouk.companies.queries import facts, without_figures, without_ice
from fondouk.lib.addresses import record_address
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item


@attention.register
def missing_facts(company: Company, day: date) -> Iterable[Item]:
    if company.status_on(day) != Status.HOSTED:
        return
    known = facts(company, day)
    if known.identity is None or not known.identity.ice:
        yield Item(
            _("The ICE is missing"),
            record_address("company_identity", company.pk),
            _("It is needed on contracts and invoices."),
            status=_("Enter the ICE"),
            tone="warn",
        )
    year = day.year - 1
    starts = [stay.period.lower for stay in company.residencies.all() if day in stay.period]
    was_here = any(start is None or start.year <= year for start in starts)
    if was_here and year not in known.has_headcount_of:
        yield Item(
            _("Figures of %(year)d are missing") % {"year": year},
            reverse("company_figures", args=[company.pk, year]),
            _("No headcount has been declared for that year."),
            status=_("Enter the figures"),
            tone="info",
        )
    for document in known.documents:
        if document.expires_on is None or document.expires_on >= day + timedelta(days=30):
            continue
        yield Item(
            document.title,
            reverse("company_tab", args=[company.pk, "documents"]),
            _("The document expires or has expired."),
            due=document.expires_on,
            status=_("See the documents"),
            tone="danger" if document.expires_on < day else "warn",
        )


def _item(company: Company, title: str, url: str, status: str, tone: str) -> Item:
    return Item(title, url, subject=company.label, status=status, tone=tone)


def _visible(rows: Any, account: Any, site: int | None) -> Any:
    found = rows.visible_to(account)
    if site is None:
        return found
    here = Residency.objects.filter(company=OuterRef("pk"), site=site, period__contains=timezone.localdate())
    return found.filter(Exists(here))


def ice_rows(account: Any, site: int | None) -> Any:
    return _visible(without_ice(timezone.localdate()), account, site)


def ice_item(company: Company) -> Item:
    url = record_address("company_identity", company.pk)
    return _item(company, _("The ICE is missing"), url, _("to complete"), "warn")


def figure_rows(account: Any, site: int | None) -> Any:
    day = timezone.localdate()
    return _visible(without_figures(day, day.year - 1), account, site)


def figure_item(company: Company) -> Item:
    year = timezone.localdate().year - 1
    url = reverse("company_figures", args=[company.pk, year])
    return _item(company, _("Figures of %(year)d are missing") % {"year": year}, url, _("to ask for"), "info")


todos.register(
    todos.Source(
        code="ice",
        label=gettext_lazy("Missing ICE"),
        rows=ice_rows,
        item=ice_item,
        order=40,
        permission="companies.edit",
    )
)
todos.register(
    todos.Source(
        code="figures",
        label=gettext_lazy("Missing figures"),
        rows=figure_rows,
        item=figure_item,
        order=50,
        permission="companies.edit",
    )
)
