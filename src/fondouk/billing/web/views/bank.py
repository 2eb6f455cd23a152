"""Bank files: brought, understood, and what each sum that came pays."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.billing import bank
from fondouk.billing.actions import (
    accept,
    accept_certain,
    bring_file,
    columns_before,
    dismiss,
    forget_file,
    read_file,
    reopen,
)
from fondouk.billing.models import BankLine, BankStatement, Customer, operators_within
from fondouk.billing.queries import best_of, open_of, propose
from fondouk.billing.web.forms.bank import ColumnsForm, FileForm, WhoseForm
from fondouk.billing.web.forms.charges import ReasonForm
from fondouk.billing.web.tabs import tabs
from fondouk.files.actions import FileRefused
from fondouk.files.queries import local_copy
from fondouk.imports.workbooks import UnreadableBook, open_book
from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.sites.models import Operator
from fondouk.ui.toasts import toast

PER_PAGE = 30
SEEN = 5
"""Rows shown of a file whose columns are to be told."""


def _operators(request: HttpRequest) -> Any:
    return Operator.objects.filter(pk__in=operators_within(request.user), billing__isnull=False)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.list")
def matching(request: HttpRequest) -> HttpResponseBase:
    """What came and what it may pay; a file is brought here too."""
    operators = _operators(request)
    may_bill = verdict(request.user, "billing.bill")
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        operators=operators,
        initial={"operator": operators.first()},
    )
    if request.method == "POST" and may_bill.allowed and form.is_valid():
        answer = _brought(request, form)
        if answer is not None:
            return answer
    lines = BankLine.objects.open().visible_to(request.user)
    page = Paginator(lines.select_related("operator"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "payments"),
        "form": form,
        "page": page,
        "rows": _told(list(page.object_list)),
        "sum": lines.order_by().aggregate(sum=Sum("amount"))["sum"],
        "certain": [
            (operator, sum(one.is_certain for one in best_of(some, operator.pk).values()))
            for operator in operators
            if (some := list(lines.filter(operator=operator)))
        ],
        "files": BankStatement.objects.filter(operator__in=operators)
        .select_related("file", "operator", "brought_by")
        .annotate(
            came=Count("lines"), open=Count("lines", filter=Q(lines__payment=None, lines__dismissed_at=None))
        )
        .order_by("-brought_at", "-pk")[:6],
        "may_bill": may_bill,
        "is_set_up": operators.exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/bank/matching.html", context, status=status)


def _told(lines: list[BankLine]) -> list[dict[str, Any]]:
    """Each with its best proposal, and the words for it."""
    proposals: dict[int, Any] = {}
    for operator in {line.operator_id for line in lines}:
        proposals |= best_of([line for line in lines if line.operator_id == operator], operator)
    customers = Customer.objects.named().in_bulk({one.customer for one in proposals.values()})
    balances = open_of({key for one in proposals.values() for key in one.parts})
    told = []
    for line in lines:
        found = proposals.get(line.pk)
        told.append(
            {
                "line": line,
                "proposal": found,
                "customer": customers[found.customer] if found else None,
                "parts": [(balances[key], part) for key, part in found.parts.items()] if found else [],
                "left": line.amount - sum(found.parts.values()) if found else None,
            }
        )
    return told


def _brought(request: HttpRequest, form: FileForm) -> HttpResponseBase | None:
    """Where to go with a file that was kept; None when it was refused."""
    operator = form.cleaned_data["operator"]
    try:
        statement = bring_file(operator, form.cleaned_data["upload"], by=request.user.person)
        rows = _rows(statement)
    except FileRefused as refusal:
        form.add_error("upload", str(refusal))
        return None
    except UnreadableBook as unreadable:
        form.add_error("upload", str(unreadable))
        forget_file(statement, by=request.user.person)
        return None
    except ValidationError as error:
        say_beside(form, error)
        return None
    header, columns = bank.find_header(rows), columns_before(operator)
    if columns and not bank.missing(columns, rows[header] if rows else []):
        try:
            _read(request, statement, rows, header, columns)
        except ValidationError as error:
            say_beside(form, error)
            forget_file(statement, by=request.user.person)
            return None
        return redirect("bank")
    if columns:
        toast(request, _("This file has other columns than the last one: say which is which."), tone="warn")
    return redirect("bank_file", statement.pk)


def _rows(statement: BankStatement) -> list[list[Any]]:
    """Raises `UnreadableBook`."""
    with local_copy(statement.file) as path:
        book = open_book(path, statement.file.name)
    return max((sheet.rows for sheet in book.sheets), key=len, default=[])


def _read(
    request: HttpRequest,
    statement: BankStatement,
    rows: list[list[Any]],
    header: int,
    columns: dict[str, str],
) -> None:
    new, known = read_file(statement, rows, header, columns, by=request.user.person)
    said = ngettext("%(n)s sum came.", "%(n)s sums came.", new) % {"n": new}
    if known:
        said += " " + ngettext(
            "%(n)s was known from another file.", "%(n)s were known from another file.", known
        ) % {"n": known}  # fmt: skip
    toast(request, said)


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which column is which, of a file that waits to be read."""
    rows = BankStatement.objects.filter(operator__in=_operators(request)).select_related("file", "operator")
    statement = get_object_or_404(rows, pk=pk)
    if statement.read_at is not None:
        return redirect("bank")
    cells = _rows(statement)
    header = bank.find_header(cells)
    headers = [str(cell or "") for cell in cells[header]] if cells else []
    form = ColumnsForm(request.POST or None, headers=headers, initial=bank.guess(headers))
    if request.method == "POST" and form.is_valid():
        try:
            _read(request, statement, cells, header, form.columns())
        except ValidationError as error:
            say_beside(form, error)
        else:
            return redirect("bank")
    context = {
        "form": form,
        "statement": statement,
        "headers": headers,
        "rows": [
            [str(cell if cell is not None else "") for cell in row]
            for row in cells[header + 1 : header + 1 + SEEN]
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/bank/columns.html", context, status=status)


@require_POST
@required("billing.bill")
def forget(request: HttpRequest, pk: int) -> HttpResponseBase:
    statement = get_object_or_404(BankStatement.objects.filter(operator__in=_operators(request)), pk=pk)
    try:
        forget_file(statement, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    else:
        toast(request, _("The file is gone."))
    return redirect("bank")


def _line(request: HttpRequest, pk: int) -> BankLine:
    line = get_object_or_404(BankLine.objects.visible_to(request.user).select_related("operator"), pk=pk)
    if not request.user.has_perm("billing.bill", line):
        raise Http404
    return line


@require_POST
@required("billing.bill")
def acceptance(request: HttpRequest, pk: int) -> HttpResponseBase:
    """As it is proposed."""
    line = _line(request, pk)
    wanted = request.POST.get("customer", "")
    proposals = propose([line], line.operator_id)[line.pk]
    found = next((one for one in proposals if str(one.customer) == wanted), None)
    if found is None:
        toast(request, _("What was proposed has changed meanwhile: look again."), tone="warn")
        return redirect("bank")
    _accept(request, line, Customer.objects.get(pk=found.customer), dict(found.parts))
    return redirect("bank")


def _accept(request: HttpRequest, line: BankLine, customer: Customer, parts: dict[int, Any]) -> bool:
    try:
        payment = accept(line, customer, parts, by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
        return False
    toast(request, _("Payment of %(amount)s received.") % {"amount": payment})
    return True


@require_POST
@required("billing.bill")
def certain(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that are certain, of an operator."""
    operator = get_object_or_404(_operators(request), pk=pk)
    count = accept_certain(operator, by=request.user.person)
    toast(request, ngettext("%(n)s payment received.", "%(n)s payments received.", count) % {"n": count})
    return redirect("bank")


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def whose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Somebody else's: the oldest of their invoices are paid first."""
    line = _line(request, pk)
    customers = Customer.objects.named().filter(invoices__operator=line.operator_id).distinct()
    form = WhoseForm(request.POST or None, customers=customers)
    if request.method == "POST" and form.is_valid():
        customer, left, parts = form.cleaned_data["customer"], line.amount, {}
        for balance in open_of(None, customer=customer.pk, operator=line.operator_id).values():
            if part := min(left, balance.remaining):
                parts[balance.pk], left = part, left - part
        if _accept(request, line, customer, parts):
            return redirect("bank")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "line": line, "others": _told_all(line)}
    return render(request, "billing/bank/whose.html", context, status=status)


def _told_all(line: BankLine) -> list[dict[str, Any]]:
    proposals = propose([line], line.operator_id)[line.pk]
    customers = Customer.objects.named().in_bulk({one.customer for one in proposals})
    balances = open_of({key for one in proposals for key in one.parts})
    return [
        {
            "proposal": one,
            "customer": customers[one.customer],
            "parts": [(balances[key], part) for key, part in one.parts.items()],
        }
        for one in proposals
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@required("billing.bill")
def dismissal(request: HttpRequest, pk: int) -> HttpResponseBase:
    line = _line(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(line, reason=form.cleaned_data["reason"], by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Put aside."), undo=reverse("bank_reopening", args=[line.pk]))
            return redirect("bank")
    status = 422 if request.method == "POST" else 200
    return render(request, "billing/bank/dismissal.html", {"form": form, "line": line}, status=status)


@require_POST
@required("billing.bill")
def reopening(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        reopen(_line(request, pk), by=request.user.person)
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="danger")
    else:
        toast(request, _("It waits again for somebody to say what it pays."))
    return redirect("bank")
