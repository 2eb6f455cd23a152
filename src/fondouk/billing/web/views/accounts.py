"""For accountants: the journal of a month, VAT due on what was received, accounts, and closing a month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.billing.actions import close_month, save_accounts
from fondouk.billing.enums import AccountRole
from fondouk.billing.models import Account, Closing, operators_within
from fondouk.billing.queries import closed_until, deferred_income, journal, vat_due
from fondouk.billing.web.forms.settings import AccountsForm
from fondouk.billing.web.tabs import tabs
from fondouk.lib.formats import format_date
from fondouk.lib.periods import add_months
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Operator
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

MONTHS = 24


@dataclass(frozen=True)
class Asked:
    """`last` is the last day of `month`, or today."""

    operator: Operator | None
    operators: list[Operator]
    month: date

    @property
    def last(self) -> date:
        return add_months(self.month, 1) - timedelta(days=1)

    @property
    def query(self) -> str:
        return urlencode(
            {"operator": self.operator.pk if self.operator else "", "month": f"{self.month:%Y-%m}"}
        )


def _asked(request: HttpRequest) -> Asked:
    """What the address or the form says; anything else is the first operator, and this month."""
    said = request.POST if request.method == "POST" else request.GET
    operators = list(Operator.objects.filter(pk__in=operators_within(request.user), billing__isnull=False))
    operator = next(
        (one for one in operators if str(one.pk) == said.get("operator")), next(iter(operators), None)
    )
    this = timezone.localdate().replace(day=1)
    months = {f"{month:%Y-%m}": month for month in _months(this)}
    return Asked(operator, operators, months.get(said.get("month", ""), this))


def _months(this: date) -> list[date]:
    return [add_months(this, -number) for number in range(MONTHS)]


@require_safe
@required("billing.list")
def page(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    language, this = (get_language() or "fr")[:2], timezone.localdate().replace(day=1)
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    if asked.operator:
        for row in journal(asked.operator.pk, asked.month, asked.last):
            sums[row.account, row.role][0] += row.debit
            sums[row.account, row.role][1] += row.credit
    names = {one.role: one.name for one in Account.objects.all()}
    due = vat_due(asked.operator.pk, asked.month, asked.last) if asked.operator else []
    last = closed_until(asked.operator.pk) if asked.operator else None
    context = {
        "tabs": tabs(request, "accounts"),
        "asked": asked,
        "months": [(f"{one:%Y-%m}", format_date(one, language, "month_year")) for one in _months(this)],
        "rows": [
            (code, names[role], AccountRole(role).label, debit, credit)
            for (code, role), (debit, credit) in sorted(sums.items())
        ],
        "debit": sum((one[0] for one in sums.values()), Decimal(0)),
        "credit": sum((one[1] for one in sums.values()), Decimal(0)),
        "deferred": deferred_income(asked.operator.pk, asked.last) if asked.operator else None,
        "vat": due,
        "vat_sum": sum((one.amount for one in due), Decimal(0)),
        "closings": Closing.objects.filter(operator=asked.operator).select_related("by")[:12]
        if asked.operator
        else [],
        "is_closed": last is not None and asked.month <= last,
        "may_close": asked.operator is not None and asked.last < timezone.localdate(),
        "accounts": Account.objects.all(),
        "may_set": verdict(request.user, "billing.settings"),
    }
    return render(request, "billing/accounts/page.html", context)


@require_safe
@required("billing.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    asked = _asked(request)
    if asked.operator is None:
        raise Http404
    headers = [
        _("Journal"), _("Date"), _("Piece"), _("Account"), _("Customer account"), _("Label"), _("Debit"), _("Credit"),
        _("Site"),
    ]  # fmt: skip
    rows: Any = (
        [
            one.journal,
            one.on,
            one.piece,
            one.account,
            one.auxiliary,
            one.label,
            one.debit,
            one.credit,
            one.site,
        ]
        for one in journal(asked.operator.pk, asked.month, asked.last)
    )
    return sheet_response(
        form, f"{_('journal')}-{asked.operator.invoice_prefix}-{asked.month:%Y-%m}", headers, rows
    )


@require_POST
@required("billing.settings")
def closing(request: HttpRequest) -> HttpResponseBase:
    asked = _asked(request)
    if asked.operator is None:
        raise Http404
    try:
        close_month(asked.operator, asked.month, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    else:
        toast(request, _("The month is closed: nothing is dated in it any more."))
    return redirect(f"{reverse('accounts')}?{asked.query}")


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.settings")
def codes(request: HttpRequest) -> HttpResponseBase:
    form = AccountsForm(request.POST or None, accounts=list(Account.objects.all()))
    if request.method == "POST" and form.is_valid():
        try:
            save_accounts(form.cleaned_data, by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved. The journal of every month follows."))
            return redirect("accounts")
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "title": _("Accounts"),
        "lead": _("To which account each kind of amount is booked: those of your accountant."),
    }
    return render(request, "billing/settings/form.html", context, status=status)
