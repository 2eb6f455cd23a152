"""The list of companies: filtered, sorted, saved, exported."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.actions import assign_stage
from fondouk.companies.enums import Indicator, Stage
from fondouk.companies.models import Company, Figure, Residency
from fondouk.companies.queries import rows
from fondouk.companies.web.board import WAYS, lanes
from fondouk.companies.web.columns import (
    COLUMNS,
    PARAM,
    TICKED,
    TONES,
    chosen_columns,
    exported_columns,
    lines,
)
from fondouk.companies.web.filters import CompanyFilter
from fondouk.companies.web.loading import visible_company
from fondouk.lib.text import typed_key
from fondouk.people.models import SavedFilter
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site, sites_within_reach
from fondouk.ui.downloads import sheet_response
from fondouk.ui.sorting import headings
from fondouk.ui.toasts import toast
from fondouk.ui.undo import query_back, sent

PER_PAGE = 50
BOARD = "board&"
MOVES = "companies/company/parts/moves.html"
PLAIN = ("page", "sort", "by", PARAM, TICKED)
"""What an address may say besides its filters."""
LIST = "companies"
SORTS = ("name", "since", "headcount")


def filtered(request: HttpRequest, query: QueryDict | None = None) -> tuple[CompanyFilter, Any]:
    """The filters of the address (or of `query`), and the companies they leave, sorted."""
    data = request.GET if query is None else query
    found = CompanyFilter(data, queryset=Company.objects.visible_to(request.user), request=request)
    return found, _sorted(found.qs.defer("vector"), data.get("sort", ""))


def chosen(request: HttpRequest, sent: QueryDict) -> Any:
    """The companies ticked in the list or, with `everything`, all that its filters leave. `back` is its address."""
    found = filtered(request, QueryDict(sent.get("back", "").partition("?")[2]))[1]
    if sent.get("everything"):
        return found
    return found.filter(pk__in=[typed_key(pk) or 0 for pk in sent.getlist("selected")])


def _sorted(companies: Any, wanted: str) -> Any:
    name, descending = wanted.lstrip("-"), wanted.startswith("-")
    if name == "since":
        companies = companies.annotate(sorting=Subquery(_first_days().values("period__startswith")[:1]))
    elif name == "headcount":
        latest = Figure.objects.standing().filter(company=OuterRef("pk"), indicator=Indicator.HEADCOUNT)
        companies = companies.annotate(sorting=Subquery(latest.order_by("-period").values("value")[:1]))
    else:
        return companies.by_name(descending=wanted == "-name")
    order = F("sorting").desc(nulls_last=True) if descending else F("sorting").asc(nulls_last=True)
    return companies.order_by(order, "name_folded", "pk")


def _first_days() -> Any:
    """Of a company's stays the first to begin, among those of today, else those to come, else all: as a row shows it."""
    day = timezone.localdate()
    rank = Case(When(period__contains=day, then=0), When(period__startswith__gt=day, then=1), default=2)
    stays = Residency.objects.filter(company=OuterRef("pk"))
    return stays.order_by(rank, F("period__startswith").asc(nulls_last=True))


@require_safe
@required("companies.list")
def company_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, companies = filtered(request)
    page, here = _page(companies, request.GET.get("page"), is_whole=not _is_filtered(request))
    sort = request.GET.get("sort", "name")
    columns = chosen_columns(request.GET)
    shown = rows(here, timezone.localdate())
    context = {
        **_common(request, found),
        "page": page,
        "count": page.paginator.count,
        "columns": columns,
        "all_columns": [(column, column in columns) for column in COLUMNS],
        "rows": shown,
        "lines": lines(shown, columns),
        "sorting": headings(sort, SORTS),
        "stewards": found.stewards,
    }
    return render(request, "companies/company/list.html", context)


def _page(companies: Any, number: str | None, *, is_whole: bool) -> tuple[Any, list[Company]]:
    """One page of them. What filters leave is worked out once, for the count and the page alike: its keys are few."""
    if is_whole:
        page = Paginator(companies, PER_PAGE).get_page(number)
        return page, list(page.object_list)
    page = Paginator(list(companies.values_list("pk", flat=True)), PER_PAGE).get_page(number)
    here = Company.objects.defer("vector").in_bulk(page.object_list)
    return page, [here[key] for key in page.object_list if key in here]


def _is_filtered(request: HttpRequest) -> bool:
    return any(value for key, value in request.GET.items() if key not in PLAIN)


def _common(request: HttpRequest, found: CompanyFilter) -> dict[str, Any]:
    """What the list and the board share: filters, saved views, the way to the other."""
    query = _plain_query(request.GET)
    on_board = request.resolver_match is not None and request.resolver_match.url_name == "companies_board"
    shown = request.GET.copy()
    for name in ("page", "by"):
        shown.pop(name, None)
    return {
        "filter": found,
        "is_filtered": _is_filtered(request),
        "saved": SavedFilter.objects.offered_to(request.user.person, LIST),
        "query": BOARD + query if on_board else query,
        "may_edit": verdict(request.user, "companies.edit"),
        "may_import": request.user.has_perm("imports.run"),
        "ways": [
            {
                "label": _("List"), "icon": "list", "active": not on_board,
                "url": f"{reverse('companies')}?{shown.urlencode()}",
            },
            {
                "label": _("Board"), "icon": "layout-kanban", "active": on_board,
                "url": f"{reverse('companies_board')}?{shown.urlencode()}",
            },
        ],
    }  # fmt: skip


@require_safe
@required("companies.list")
def company_board(request: HttpRequest) -> HttpResponse:
    """The companies that the filters leave, side by side."""
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, _sorted_too = filtered(request)
    by = request.GET.get("by", "")
    by = by if by in WAYS else WAYS[0]
    labels = {"stage": _("Stage"), "sector": _("Sector"), "site": _("Site")}
    groups = lanes(found.qs.defer("vector"), by, sites_within_reach(request), timezone.localdate())
    rest = request.GET.copy()
    rest.pop("by", None)
    rest.pop(by, None)
    common = _common(request, found)
    if by == "stage" and common["may_edit"]:
        for lane in groups:
            lane.moves = render_to_string(MOVES, {"lane": lane, "stages": Stage.choices})
    context = {
        **common,
        "by": by,
        "lanes": groups,
        "count": sum(lane.count for lane in groups),
        "rest": rest.urlencode(),
        "back": request.GET.urlencode(),
        "tones": TONES,
        "by_ways": [(way, labels[way], way == by) for way in WAYS],
    }
    return render(request, "companies/company/board.html", context)


def _address(query: str) -> str:
    """Where a saved view opens: the board says so in its first word."""
    if query.startswith(BOARD):
        return f"{reverse('companies_board')}?{query.removeprefix(BOARD)}"
    return f"{reverse('companies')}?{query}"


@require_safe
@required("companies.list")
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """A saved view, one's own or shared, is followed to its address."""
    offered = SavedFilter.objects.offered_to(request.user.person, LIST)
    found = get_object_or_404(offered, pk=pk)
    wanted = QueryDict(found.query.removeprefix(BOARD)).get("site", "")
    if wanted and wanted not in {site.code for site in sites_within_reach(request)}:
        toast(request, _("“%(name)s” is of a site that you do not see.") % {"name": found.name}, tone="warn")
        return redirect("companies")
    return redirect(_address(found.query))


@require_POST
@required("companies.edit")
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Another stage from today on, from the board."""
    company = visible_company(request, pk, "companies.edit")
    wanted = sent(request, "stage").get("stage", "")
    if wanted not in Stage.values and wanted:
        raise Http404
    day = timezone.localdate()
    before = company.stage_assignments.on(day).values_list("stage", flat=True).first() or ""
    assign_stage(company, wanted, by=request.user.person)
    toast(
        request,
        _("%(company)s: %(stage)s.") % {"company": company, "stage": Stage(wanted).label if wanted else "—"},
        undo=f"{reverse('company_stage', args=[pk])}?{urlencode({'stage': before, 'back': f'?{query_back(request)}'})}",
    )
    return redirect(f"{reverse('companies_board')}?{query_back(request)}")


def _plain_query(query: QueryDict) -> str:
    kept = query.copy()
    for name in ("page", "selected", "everything", "csrfmiddlewaretoken"):
        kept.pop(name, None)
    return kept.urlencode()


@require_safe
@required("companies.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what is filtered, in the order of the list; sent by the list's own form, only what is ticked in it."""
    companies = chosen(request, request.GET) if "back" in request.GET else filtered(request)[1]
    said = QueryDict(request.GET["back"].partition("?")[2]) if "back" in request.GET else request.GET
    columns = exported_columns(said)
    headers = [_("Company"), *(str(column.label) for column in columns)]
    lines = (
        [row.company.name, *(column.value(row) for column in columns)]
        for row in rows(companies, timezone.localdate())
    )
    return sheet_response(form, _("companies"), headers, lines)


@require_POST
@required("companies.list")
def save_filter(request: HttpRequest) -> HttpResponse:
    """Under a name already used, the filters are replaced; the undo brings the old ones back, as it does removed ones."""
    given = sent(request, "name")
    name = given.get("name", "").replace("\x00", "").strip()[:80]
    query = given.get("query", "").replace("\x00", "")[:1000]
    if name:
        mine: dict[str, Any] = {"person": request.user.person, "list": LIST, "name": name}
        before = SavedFilter.objects.filter(**mine).first()
        SavedFilter.objects.update_or_create(
            **mine, defaults={"query": query, "is_shared": bool(given.get("shared"))}
        )
        if before is not None and before.query != query:
            text = _("The view “%(name)s” is replaced by this one.") % {"name": name}
            toast(request, text, undo=_saved_again(before))
        else:
            toast(request, _("Filters saved as “%(name)s”.") % {"name": name})
    else:
        toast(request, _("Give the filters a name."), tone="danger")
    return redirect(_address(query))


@require_POST
@required("companies.list")
def remove_filter(request: HttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, person=request.user.person, list=LIST)
    saved.delete()
    toast(request, _("“%(name)s” is no longer saved.") % {"name": saved.name}, undo=_saved_again(saved))
    on_board = request.POST.get("back", "").startswith(reverse("companies_board"))
    return redirect(f"{reverse('companies_board' if on_board else 'companies')}?{query_back(request)}")


def _saved_again(saved: SavedFilter) -> str:
    said = {"name": saved.name, "query": saved.query, **({"shared": "1"} if saved.is_shared else {})}
    return f"{reverse('company_filters')}?{urlencode(said)}"
