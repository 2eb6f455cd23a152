"""À traiter: what waits, who deals with it, what is put off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.queries import possible_stewards
from fondouk.lib.dates import UnreadableDate, parse_date
from fondouk.lib.periods import add_months
from fondouk.lib.text import typed_key
from fondouk.people.models import Account, Person
from fondouk.people.rules import required
from fondouk.sites.current import current_site
from fondouk.todos.actions import assign_items, put_off_items
from fondouk.todos.queries import ASLEEP, AWAKE, MINE, note_waiting, piles, pressing, records_of
from fondouk.todos.registry import Source
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back, sent

PER_PAGE = 50
MOST_PAGES = 200
"""Whoever has more to do than fits on them chooses a kind, or exports them all."""


def _asked(request: HttpRequest) -> tuple[str, str]:
    """The kind of items and which of them."""
    which = request.GET.get("which", "")
    return request.GET.get("kind", ""), which if which in (MINE, ASLEEP) else AWAKE


@require_safe
@required("sites.staff")
def todo_page(request: HttpRequest) -> HttpResponse:
    (only, which), site = _asked(request), current_site(request)
    wanted = min(typed_key(request.GET.get("page", "")) or 1, MOST_PAGES)
    found = piles(request.user, site.pk if site else None, limit=wanted * PER_PAGE, only=only, which=which)
    if which == AWAKE:
        note_waiting(request.user, site.pk if site else None, sum(pile.count for pile in found))
    shown = [pile for pile in found if not only or pile.source.code == only]
    page = Paginator(range(sum(pile.count for pile in shown)), PER_PAGE).get_page(wanted)
    address = reverse("todo")
    ways = ((AWAKE, _("To do")), (MINE, _("Given to me")), (ASLEEP, _("Items put off")))
    context = {
        "piles": found,
        "only": only,
        "which": which,
        "ways": [
            {
                "label": label,
                "url": f"{address}?{urlencode({'which': key})}" if key else address,
                "active": key == which,
            }
            for key, label in ways
        ],
        "site": site,
        "page": page,
        "items": pressing(shown, page.end_index())[page.number * PER_PAGE - PER_PAGE :],
        "total": sum(pile.count for pile in found),
        "staff": possible_stewards(request.user).order_by("name_folded"),
        "later": _later(timezone.localdate()),
        "query": request.GET.urlencode(),
    }
    return render(request, "console/todo.html", context)


def _later(today: date) -> list[tuple[date, str]]:
    """Days until which things are put off most often."""
    monday = today + timedelta(days=8 - today.isoweekday())
    return [
        (today + timedelta(days=1), _("Tomorrow")),
        (monday, _("Next Monday")),
        (add_months(today, 1), _("In a month")),
    ]


@require_safe
@required("sites.staff")
def export(request: HttpRequest, form: str) -> HttpResponse:
    (only, which), site = _asked(request), current_site(request)
    found = piles(request.user, site.pk if site else None, limit=10_000, only=only, which=which)
    items = pressing([pile for pile in found if not only or pile.source.code == only], 10_000)
    headers = (
        _("Item"),
        _("Reference"),
        _("About"),
        _("Due"),
        _("Status"),
        _("Dealt with by"),
        _("Put off until"),
    )
    rows = (
        (item.title, item.reference, item.subject, item.due, str(item.status), item.assignee, item.until)
        for item in items
    )
    return sheet_response(form, _("to-do"), headers, rows)


@require_POST
@required("sites.staff")
def assignment(request: HttpRequest) -> HttpResponse:
    """The items ticked, or the one of the row, given to somebody; "" frees them."""
    said = sent(request, "item")
    chosen = records_of(request.user, said.getlist("item"))
    wanted = said.get("person", "")
    person = possible_stewards(request.user).filter(pk=typed_key(wanted) or 0).first() if wanted else None
    if wanted and person is None:
        toast(request, _("Choose somebody of the staff."), tone="danger")
    elif not chosen:
        toast(request, _("Tick what it is about. What is done already is no longer here."), tone="warn")
    else:
        theirs = _within_sight(person, chosen, said) if person else chosen
        done = assign_items(theirs, person, by=request.user.person)
        if person:
            text = ngettext("%(n)s item given to %(person)s.", "%(n)s items given to %(person)s.", done)
            told = text % {"n": done, "person": person}
            if left := len(chosen) - len(theirs):
                text = ngettext(
                    "%(n)s is not theirs to see, and stays as it was.",
                    "%(n)s are not theirs to see, and stay as they were.",
                    left,
                )
                told = f"{told} {text % {'n': left}}"
            toast(request, told, undo=_undo("todo_assignment", said, person="") if done else "")
        else:
            toast(
                request,
                ngettext("%(n)s item given to nobody.", "%(n)s items given to nobody.", done) % {"n": done},
            )
    return _back(request)


def _within_sight(person: Person, chosen: list[tuple[Source, Any]], said: Any) -> list[tuple[Source, Any]]:
    """Those of the records that this person may act on as well."""
    account = Account.objects.filter(person=person, is_active=True).first()
    seen = (
        {(source.code, row.pk) for source, row in records_of(account, said.getlist("item"))}
        if account
        else set()
    )
    return [(source, row) for source, row in chosen if (source.code, row.pk) in seen]


@require_POST
@required("sites.staff")
def snooze(request: HttpRequest) -> HttpResponse:
    """Put off until a day that is typed or chosen; "" takes them up again."""
    said = sent(request, "item")
    chosen = records_of(request.user, said.getlist("item"))
    typed = next((one for one in said.getlist("until") if one), "")  # a day chosen goes before one typed
    today = timezone.localdate()
    try:
        until = parse_date(typed) if typed else None
    except UnreadableDate:
        until = today
    if until is None and "awake" not in said:
        toast(request, _("Say until which day they are put off."), tone="danger")
    elif until is not None and not today < until < today.replace(year=today.year + 2, day=min(today.day, 28)):
        toast(request, _("Put it off until a day to come, within two years: 31/12/2026."), tone="danger")
    elif not chosen:
        toast(request, _("Tick what it is about. What is done already is no longer here."), tone="warn")
    else:
        done = put_off_items(chosen, until, by=request.user.person)
        if until:
            text = ngettext("%(n)s item put off.", "%(n)s items put off.", done)
            toast(request, text % {"n": done}, undo=_undo("todo_snooze", said, awake="1"))
        else:
            toast(
                request,
                ngettext("%(n)s item taken up again.", "%(n)s items taken up again.", done) % {"n": done},
            )
    return _back(request)


def _undo(route: str, said: Any, **fields: str) -> str:
    return f"{reverse(route)}?{urlencode({**fields, 'item': said.getlist('item')}, doseq=True)}"


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the list as it was filtered; to nowhere else."""
    query = query_back(request)
    address = reverse("todo")
    return redirect(f"{address}?{query}" if query else address)
