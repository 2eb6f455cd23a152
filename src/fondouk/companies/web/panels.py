"""What companies brings to menus, to its own page and to those of other records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fondouk.audit.queries import timeline
from fondouk.companies import journey
from fondouk.companies.enums import MONEY_INDICATORS, PARTS_OF, Status
from fondouk.companies.models import Company, CompanyNote, Residency
from fondouk.companies.queries import facts, figure_table, hosted_by_site
from fondouk.companies.web.forms.documents import NoteForm
from fondouk.lib.formats import format_date
from fondouk.people.models import Person
from fondouk.people.rules import verdict
from fondouk.sites.models import Site
from fondouk.ui.registry import MenuEntry, Panel, Tab, register

PLACE = "companies.company"
FEW = 4
ON_A_SITE = 8


def language() -> str:
    from django.utils.translation import get_language

    return (get_language() or "fr")[:2]


# The page's own panels


def figures_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    table = figure_table(facts(company, timezone.localdate()).figures)
    with_amounts = request.user.has_perm("companies.amounts", company)
    return {
        "company": company,
        "table": table,
        "year": timezone.localdate().year - 1,
        "may_declare": request.user.has_perm("companies.figures", company),
        "lines": [
            {
                "label": indicator.label,
                "is_part": indicator in PARTS_OF,
                "is_money": indicator in MONEY_INDICATORS,
                "values": [figure.value if figure else None for figure in values],
                "history": [float(figure.value) for figure in values if figure],
            }
            for indicator, values in table.lines
            if with_amounts or indicator not in MONEY_INDICATORS
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
    lines = timeline(*subjects, limit=200 if full else 6)
    # The journal keeps the beginning of a note; the note itself is read whole.
    written = [line.facts["note"] for line in lines if "note" in line.facts] if full else []
    notes = CompanyNote.objects.filter(company__in=subjects).in_bulk(written)
    return {
        "company": company,
        "lines": [
            (line, _("Note") if note else line.sentence, note)
            for line in lines
            for note in (notes.get(line.facts.get("note")),)
        ],
        "full": full,
        "form": NoteForm(request.POST or None) if full else None,
    }


def recent_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return activity_panel(request, company, full=False)


def identity_panel(request: HttpRequest, company: Company) -> dict[str, Any]:
    return {
        "company": company,
        "identity": facts(company, timezone.localdate()).identity,
        "may_edit": request.user.has_perm("companies.edit", company),
    }


def site_panel(request: HttpRequest, site: Site) -> dict[str, Any]:
    """The latest companies to arrive on a site, of those hosted there."""
    day = timezone.localdate()
    stays = Residency.objects.on(day).filter(site=site, company__merged_into=None).select_related("company")
    return {
        "site": site,
        "count": stays.count(),
        "stays": list(stays.order_by(F("period").desc(), "pk")[:ON_A_SITE]),
    }


def site_card(request: HttpRequest, site: Site) -> dict[str, Any]:
    """How many companies are hosted on a site; all sites are counted at once."""
    if not hasattr(request, "_hosted_by_site"):
        request._hosted_by_site = hosted_by_site(timezone.localdate())  # type: ignore[attr-defined]
    return {"count": request._hosted_by_site.get(site.pk, 0)}  # type: ignore[attr-defined]


def person_panel(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """The companies somebody works for, of those that the reader may see."""
    seen = Company.objects.visible_to(request.user).values("pk")
    memberships = person.memberships.filter(company__in=seen).select_related("company").order_by("-period")
    return {"memberships": list(memberships)} if memberships else None


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
    Panel(
        place="sites.site:main",
        template="companies/panels/site.html",
        context=site_panel,
        order=20,
        permission="sites.view",
    ),
    Panel(place="sites.site:card", template="companies/panels/site_card.html", context=site_card, order=10),
    Panel(
        place="people.person:main", template="companies/panels/person.html", context=person_panel, order=10
    ),
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
        lasting = [stay for stay in company.residencies.all() if not (stay.last_day and stay.last_day < day)]
        leaving = max((stay.last_day for stay in lasting if stay.last_day), default=None)
        known = leaving if leaving and all(stay.last_day for stay in lasting) else None
        return journey.Step(90, _("Alumni"), journey.NEXT, format_date(known, language()) if known else "")
    ends = [stay.period.upper for stay in company.residencies.all() if stay.period.upper]
    last = max(ends) - timedelta(days=1) if ends else None
    return journey.Step(90, _("Alumni"), journey.DONE, format_date(last, language()) if last else "")
