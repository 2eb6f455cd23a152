"""Prospects: the list, the page of one, who follows it, what was said."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.people.rules import required, verdict
from fondouk.prospects.actions import ProspectClosed, assign_prospect, follow_up, remove_follow_up
from fondouk.prospects.models import Prospect, Tour
from fondouk.prospects.web.filters import ProspectFilter
from fondouk.prospects.web.forms import FollowUpForm
from fondouk.prospects.web.loading import may_lead, prospect_at, welcomers
from fondouk.sites.current import address_with_site
from fondouk.ui.downloads import sheet_response
from fondouk.ui.sorting import headings, ordered
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sign, unsign

PER_PAGE = 50
UNDO = "prospects.undo"
SORTS = {
    "name": "name_folded",
    "purpose": "purpose",
    "site": "site",
    "asked": "asked_at",
    "steward": "steward__name_folded",
    "state": "outcome",
}


def filtered(request: HttpRequest) -> tuple[ProspectFilter, Any]:
    found = ProspectFilter(request.GET, queryset=Prospect.objects.visible_to(request.user), request=request)
    live = Tour.objects.live().select_related("site")
    rows = ordered(found.qs, request.GET.get("sort", ""), SORTS).select_related("site", "steward")
    rows = rows.defer("site__vector")
    return found, rows.prefetch_related(Prefetch("tours", live, to_attr="live_tours"))


@require_safe
@required("prospects.list")
def prospect_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = filtered(request)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "filter": found,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": kept.urlencode(),
        "is_filtered": any(
            value for key, value in request.GET.items() if key not in ("page", "site", "sort")
        ),
        "today": timezone.localdate(),
        "sorting": headings(request.GET.get("sort", "-asked"), SORTS),
    }
    return render(request, "prospects/prospect/list.html", context)


@require_safe
@required("prospects.list")
def export(request: HttpRequest, form: str) -> HttpResponse:
    _found, rows = filtered(request)
    headers = [
        _("Asked on"), _("Name"), _("Organisation"), _("E-mail address"), _("Phone"), _("Purpose"), _("Site"), _("Origin"),
        _("Who follows it"), _("To be contacted again on"), _("Tour"), _("Outcome"),
    ]  # fmt: skip
    lines = (
        [
            timezone.localdate(row.asked_at),
            row.name,
            row.organisation,
            row.email,
            row.phone,
            row.get_purpose_display(),
            str(row.site or ""),
            row.get_origin_display(),
            str(row.steward or ""),
            row.next_on,
            next((tour.on() or tour.wished_on for tour in row.live_tours), None),
            row.get_outcome_display() if row.outcome else "",
        ]
        for row in rows
    )
    return sheet_response(form, _("prospects"), headers, lines)


@require_safe
@required("prospects.list")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_prospect(request, prospect_at(request, pk))


def render_prospect(
    request: HttpRequest, prospect: Prospect, *, form: FollowUpForm | None = None
) -> HttpResponse:
    tours = list(prospect.tours.select_related("site", "guide"))
    live = next((tour for tour in tours if tour.is_live), None)
    context = {
        "prospect": prospect,
        "tours": [tour for tour in tours if tour is not live],
        "tour": live,
        "may_lead": live is not None and may_lead(request.user, live),
        "is_over": live is not None and live.ends_at is not None and live.ends_at <= timezone.now(),
        "said": prospect.follow_ups.select_related("written_by"),
        "form": form or FollowUpForm(),
        "stewards": welcomers(prospect.site),
        "may_erase": verdict(request.user, "prospects.erase", prospect),
        "may_add_company": verdict(request.user, "companies.edit"),
        "activity": timeline(prospect, limit=20),
        "today": timezone.localdate(),
    }
    return render(request, "prospects/prospect/page.html", context, status=422 if form is not None else 200)


@require_POST
@required("prospects.edit")
def stewardship(request: HttpRequest, pk: int) -> HttpResponse:
    """`steward`: the key of whoever deals with it from now on, "me", or nothing for nobody."""
    prospect = prospect_at(request, pk)
    before = prospect.steward_id
    chosen = request.POST.get("steward", request.GET.get("steward", ""))
    steward = None
    if chosen == "me":
        steward = request.user.person
    elif chosen:
        steward = get_object_or_404(
            welcomers(prospect.site), pk=int(chosen[:18]) if chosen.isdecimal() else None
        )
    assign_prospect(prospect, steward, by=request.user.person)
    undo = f"{reverse('prospect_steward', args=[pk])}?steward={before or ''}"
    if steward is None:
        toast(request, _("Nobody follows this prospect any more."), undo=undo)
    else:
        toast(request, _("%(person)s follows this prospect.") % {"person": steward}, undo=undo)
    return redirect("prospect", pk)


@require_POST
@required("prospects.edit")
def follow_ups(request: HttpRequest, pk: int) -> HttpResponse:
    prospect = prospect_at(request, pk)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return render_prospect(request, prospect, form=form)
    try:
        said = follow_up(
            prospect, form.cleaned_data["text"], next_on=form.cleaned_data["next_on"], by=request.user.person
        )
    except ValidationError as error:
        form.add_error(None, error)
        return render_prospect(request, prospect, form=form)
    except ProspectClosed:
        toast(request, _("This request was closed meanwhile: open it again first."), tone="warn")
        return redirect("prospect", pk)
    before = {
        "next_on": _written(prospect.next_on),
        "noted": _written(form.cleaned_data["next_on"]),
        "steward": prospect.steward_id,
    }
    signed = sign({"said": said.pk, **before}, salt=UNDO)
    address = reverse("prospect_follow_up_removal", args=[pk, said.pk])
    toast(request, _("Noted."), undo=f"{address}?signed={signed}")
    return redirect("prospect", pk)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


@require_POST
@required("prospects.edit")
def removal(request: HttpRequest, pk: int, said: int) -> HttpResponse:
    """The undo of a follow-up, by whoever wrote it, within its minutes."""
    prospect = prospect_at(request, pk)
    before = unsign(request.GET.get("signed", ""), salt=UNDO)
    if before["said"] != said:
        raise Http404
    written = get_object_or_404(prospect.follow_ups, pk=said, written_by=request.user.person)
    remove_follow_up(
        written, noted=_read(before["noted"]), next_on=_read(before["next_on"]), steward=before["steward"]
    )
    toast(request, _("The note is gone."))
    return redirect("prospect", pk)
