"""What companies brings to menus, to its own page, to other records' pages, to search and to *À traiter*."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.audit.queries import timeline
from fondouk.companies import attention, journey
from fondouk.companies.enums import PARTS_OF, Status
from fondouk.companies.models import Company, CompanyDocument, LegalIdentity
from fondouk.companies.queries import facts, figure_table, without_figures, without_ice
from fondouk.companies.web.forms.documents import NoteForm
from fondouk.files import readers
from fondouk.lib.formats import format_date
from fondouk.people.rules import verdict
from fondouk.search import registry as search
from fondouk.search.queries import Terms, matching
from fondouk.todos import registry as todos
from fondouk.todos.registry import Item
from fondouk.ui.registry import MenuEntry, Panel, Tab, register

PLACE = "companies.company"
FEW = 4


def language() -> str:
    from django.utils.translation import get_language

    return (get_language() or "fr")[:2]


# The page's own panels


def figures_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    table = figure_table(facts(company, timezone.localdate()).figures)
    return {
        "company": company,
        "table": table,
        "year": timezone.localdate().year - 1,
        "may_declare": request.user.has_perm("companies.figures", company),
        "lines": [
            {
                "label": indicator.label,
                "is_part": indicator in PARTS_OF,
                "values": [figure.value if figure else None for figure in values],
                "history": [float(figure.value) for figure in values if figure],
            }
            for indicator, values in table.lines
        ],
    }


def team_panel(request: HttpRequest, company: Company, *, full: bool = True) -> dict[str, Any]:
    members = facts(company, timezone.localdate()).team
    return {
        "company": company,
        "members": members if full else members[:FEW],
        "count": len(members),
        "more": not full and len(members) > FEW,
        "full": full,
        "may_change": verdict(request.user, "companies.team", company),
    }


def few_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return team_panel(request, company, full=False)


def residencies_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    stays = list(company.residencies.select_related("site").order_by("-period"))
    for stay in stays:
        stay.last_day = stay.period.upper - timedelta(days=1) if stay.period.upper else None
    return {
        "company": company,
        "stays": stays,
        "may_edit": request.user.has_perm("companies.edit", company),
    }


def documents_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return {
        "company": company,
        "documents": facts(company, timezone.localdate()).documents,
        "may_add": verdict(request.user, "companies.documents", company),
        "day": timezone.localdate(),
    }


def activity_panel(request: HttpRequest, company: Company, *, full: bool = True) -> dict[str, Any]:
    subjects = [company, *(company.absorbed.all() if full else [])]
    return {
        "company": company,
        "lines": timeline(*subjects, limit=200 if full else 6),
        "full": full,
        "form": NoteForm() if full else None,
    }


def recent_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return activity_panel(request, company, full=False)


def identity_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return {
        "company": company,
        "identity": facts(company, timezone.localdate()).identity,
        "may_edit": request.user.has_perm("companies.edit", company),
    }


def panel(place: str, name: str, context: Any, order: int) -> Panel:
    return Panel(
        place=f"{PLACE}:{place}", template=f"companies/panels/{name}.html", context=context, order=order
    )


register(
    MenuEntry(
        shell="staff",
        group="residents",
        label=gettext_lazy("Companies"),
        route="companies",
        icon="building",
        order=10,
        permission="companies.list",
    ),
    MenuEntry(
        shell="staff",
        group="settings",
        label=gettext_lazy("Sectors"),
        route="sectors",
        icon="category",
        order=60,
        permission="imports.run",
    ),
    Tab(place=PLACE, key="summary", label=gettext_lazy("Summary"), order=10),
    Tab(
        place=PLACE,
        key="team",
        label=gettext_lazy("Team"),
        order=20,
        count=lambda request, company: len(facts(company, timezone.localdate()).team),
    ),
    Tab(place=PLACE, key="spaces", label=gettext_lazy("Spaces & contracts"), order=30),
    Tab(place=PLACE, key="figures", label=gettext_lazy("Figures"), order=60),
    Tab(
        place=PLACE,
        key="documents",
        label=gettext_lazy("Documents"),
        order=70,
        count=lambda request, company: len(facts(company, timezone.localdate()).documents),
    ),
    Tab(place=PLACE, key="activity", label=gettext_lazy("Activity"), order=80),
    panel("summary", "figures", figures_panel, 10),
    panel("summary", "activity", recent_panel, 90),
    panel("side", "team", few_panel, 50),
    panel("side", "identity", identity_panel, 60),
    panel("team", "team", team_panel, 10),
    panel("spaces", "residencies", residencies_panel, 50),
    panel("figures", "figures", figures_panel, 10),
    panel("documents", "documents", documents_panel, 10),
    panel("activity", "activity", activity_panel, 10),
)


# The journey


@journey.register
def entry_step(company: Company, day: date) -> journey.Step | None:
    stays = list(company.residencies.all())
    starts = [stay.period.lower for stay in stays if stay.period.lower]
    if not stays:
        return None
    first = min(starts) if starts else None
    state = journey.NEXT if first and first > day else journey.DONE
    return journey.Step(30, _("Arrival"), state, format_date(first, language()) if first else "")


@journey.register
def alumni_step(company: Company, day: date) -> journey.Step | None:
    if not company.residencies.all():
        return None
    if company.status_on(day) != Status.ALUMNI:
        return journey.Step(90, _("Alumni"), journey.NEXT)
    ends = [stay.period.upper for stay in company.residencies.all() if stay.period.upper]
    last = max(ends) - timedelta(days=1) if ends else None
    return journey.Step(90, _("Alumni"), journey.DONE, format_date(last, language()) if last else "")


# What a record calls for


@attention.register
def missing_facts(company: Company, day: date) -> Iterable[Item]:
    if company.status_on(day) != Status.HOSTED:
        return
    known = facts(company, day)
    if known.identity is None or not known.identity.ice:
        yield Item(
            _("The ICE is missing"),
            reverse("company_identity", args=[company.pk]),
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


def _visible(rows: Any, account: Any) -> Any:
    return rows.filter(pk__in=Company.objects.visible_to(account).values("pk"))


def ice_items(account: Any, limit: int) -> Iterable[Item]:
    for company in _visible(without_ice(timezone.localdate()), account)[:limit]:
        yield _item(
            company,
            _("The ICE is missing"),
            reverse("company_identity", args=[company.pk]),
            _("to complete"),
            "warn",
        )


def figure_items(account: Any, limit: int) -> Iterable[Item]:
    day = timezone.localdate()
    for company in _visible(without_figures(day, day.year - 1), account)[:limit]:
        yield _item(
            company,
            _("Figures of %(year)d are missing") % {"year": day.year - 1},
            reverse("company_figures", args=[company.pk, day.year - 1]),
            _("to ask for"),
            "info",
        )


todos.register(
    todos.Source(
        code="ice",
        label=gettext_lazy("Missing ICE"),
        items=ice_items,
        count=lambda account: _visible(without_ice(timezone.localdate()), account).count(),
        order=40,
        permission="companies.edit",
    )
)
todos.register(
    todos.Source(
        code="figures",
        label=gettext_lazy("Missing figures"),
        items=figure_items,
        count=lambda account: _visible(
            without_figures(timezone.localdate(), timezone.localdate().year - 1), account
        ).count(),
        order=50,
        permission="companies.edit",
    )
)


# Search and files


def find_companies(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    visible = Company.objects.visible_to(account)
    digits = "".join(terms.words)
    found = list(matching(visible.defer("name_folded"), terms)[:limit])
    if digits.isdigit() and len(digits) >= 4:
        numbered = LegalIdentity.objects.filter(ice__contains=digits.lstrip("0") or digits)
        found += [
            company
            for company in visible.filter(pk__in=numbered.values("company"))[:limit]
            if company not in found
        ]
    for company in found[:limit]:
        yield search.Hit(company.label, reverse("company", args=[company.pk]), company.activity, "building")


search.register(
    search.Source(code="companies", label=gettext_lazy("Companies"), find=find_companies, order=10),
    search.Action(
        label=gettext_lazy("New company"),
        route="company_new",
        icon="plus",
        words=gettext_lazy("create add startup"),
        permission="companies.edit",
    ),
    search.Action(
        label=gettext_lazy("Companies"),
        route="companies",
        icon="building",
        words=gettext_lazy("list residents"),
        permission="companies.list",
    ),
    search.Action(
        label=gettext_lazy("Sectors"),
        route="sectors",
        icon="category",
        words=gettext_lazy("synonyms"),
        permission="imports.run",
    ),
)


@readers.register
def may_read_document(account: Any, stored: Any) -> bool:
    document = CompanyDocument.objects.filter(file=stored).select_related("company").first()
    if document is None or not account.has_perm("companies.view", document.company):
        return False
    return document.is_for_members or bool(account.has_perm("companies.notes", document.company))
