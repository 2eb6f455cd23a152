"""Sectors and the names under which books know them."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.companies.models import Sector, SectorSynonym
from fondouk.companies.web.forms.documents import SynonymForm
from fondouk.lib.text import squash
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent


@require_safe
@required("imports.run")
def sector_list(request: HttpRequest) -> HttpResponse:
    sectors = Sector.objects.prefetch_related("synonyms").annotate(
        companies=Count("assignments__company", distinct=True)
    )
    return render(request, "companies/sector/list.html", {"sectors": sectors})


@require_POST
@required("imports.run")
def add_synonym(request: HttpRequest, code: str) -> HttpResponse:
    sector = get_object_or_404(Sector, code=code)
    form = SynonymForm(sent(request, "name"))
    folded = squash(form.data.get("name", ""))[:80]
    if not form.is_valid() or not folded:
        toast(request, _("Write a name with letters in it."), tone="danger")
    elif known := SectorSynonym.objects.filter(folded=folded).select_related("sector").first():
        toast(
            request,
            _("“%(name)s” already means %(sector)s.") % {"name": known.name, "sector": known.sector},
            tone="danger",
        )
    else:
        SectorSynonym.objects.create(sector=sector, name=form.cleaned_data["name"], folded=folded)
        toast(
            request,
            _("“%(name)s” now means %(sector)s.") % {"name": form.cleaned_data["name"], "sector": sector},
        )
    return redirect("sectors")


@require_POST
@required("imports.run")
def remove_synonym(request: HttpRequest, pk: int) -> HttpResponse:
    synonym = get_object_or_404(SectorSynonym, pk=pk)
    synonym.delete()
    again = f"{reverse('sector_synonym_new', args=[synonym.sector.code])}?{urlencode({'name': synonym.name})}"
    toast(request, _("“%(name)s” is no longer known.") % {"name": synonym.name}, undo=again)
    return redirect("sectors")
