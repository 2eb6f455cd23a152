"""How companies are found with Ctrl/Cmd+K, and who may read their documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from fondouk.companies.models import Company, CompanyDocument, LegalIdentity, Residency
from fondouk.files import readers
from fondouk.search import registry as search
from fondouk.search.queries import Terms, matching, telephoned


def find_companies(account: Any, terms: Terms, limit: int) -> Iterable[search.Hit]:
    if not account.has_perm("companies.list"):
        return  # the pages it would lead to are the staff's
    visible = Company.objects.visible_to(account)
    digits = "".join(terms.words)
    # Of those that answer alike, the ones that are here come first.
    here = Residency.objects.on(timezone.localdate()).filter(company=OuterRef("pk"))
    matches = matching(visible.defer("name_folded"), terms).annotate(is_here=Exists(here))
    found = list(matches.order_by("-rank", "-is_here", "pk")[:limit])
    if digits.isdecimal() and len(digits) >= 4:
        numbered = LegalIdentity.objects.filter(ice__contains=digits.lstrip("0") or digits)
        found += [
            company
            for company in visible.filter(pk__in=numbered.values("company"))[:limit]
            if company not in found
        ]
    found += [one for one in telephoned(visible, terms)[:limit] if one not in found]
    day = timezone.localdate()
    prefetch_related_objects(found[:limit], "residencies")
    for company in found[:limit]:
        told = [str(company.status_on(day).label), company.activity]
        yield search.Hit(
            company.label,
            reverse("company", args=[company.pk]),
            " · ".join(word for word in told if word),
            "building",
        )


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
        label=gettext_lazy("Board of companies"),
        route="companies_board",
        icon="layout-kanban",
        words=gettext_lazy("stages lanes"),
        permission="companies.list",
    ),
    search.Action(
        label=gettext_lazy("Figures campaigns"),
        route="campaigns",
        icon="mail-question",
        words=gettext_lazy("ask reminders"),
        permission="companies.campaigns",
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
