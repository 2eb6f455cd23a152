"""Planning a tour, and saying how it ended."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.people.rules import required
from fondouk.prospects.actions import (
    ProspectClosed,
    TourEnded,
    TourMoved,
    end_tour,
    plan_tour,
    revive_tour,
    when_known,
)
from fondouk.prospects.enums import TourEnd
from fondouk.prospects.models import Tour
from fondouk.prospects.web.forms import TourForm
from fondouk.prospects.web.loading import may_lead, prospect_at, sites_of, tour_at, welcomers
from fondouk.ui.toasts import toast

CLOSED = gettext_lazy("This request was closed meanwhile: open it again first.")


@require_http_methods(["GET", "HEAD", "POST"])
@required("prospects.edit")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The tour of a prospect, planned anew or for the first time."""
    prospect = prospect_at(request, pk)
    if not prospect.is_open:
        raise Http404
    tour = prospect.tours.live().select_related("site", "prospect").first()
    if tour is not None and not may_lead(request.user, tour):
        raise Http404
    if tour is None:
        tour = Tour(prospect=prospect, site=prospect.site) if prospect.site else Tour(prospect=prospect)
    form = TourForm(
        request.POST or None,
        initial=TourForm.begun(tour) if tour.site_id else {"visitors": 1, "known": when_known(tour)},
        sites=sites_of(request.user),
        guides=welcomers(None),
        writes=bool(prospect.email),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        tour.site, tour.visitors = given["site"], given["visitors"]
        try:
            plan_tour(
                tour,
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
                guide=given["guide"],
                tell=given.get("tell", False),
                known=given["known"] or None,
                by=request.user.person,
            )
        except ValidationError as error:
            form.add_error(None, error)
        except TourEnded:
            form.add_error(None, _("Somebody has said meanwhile how this tour ended."))
        except TourMoved:
            form.add_error(None, _("Somebody has planned this visit otherwise meanwhile: look at it again."))
        except ProspectClosed:
            form.add_error(None, CLOSED)
        else:
            told = given.get("tell", False) and given["starts_at"] > timezone.now()
            toast(
                request,
                _("The tour is planned; the visitor is written to.") if told else _("The tour is planned."),
            )
            return redirect("prospect", pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "prospect": prospect, "tour": tour}
    return render(request, "prospects/prospect/tour.html", context, status=status)


@require_POST
@required("prospects.edit")
def end(request: HttpRequest, pk: int, tour: int) -> HttpResponse:
    prospect = prospect_at(request, pk)
    said = request.POST.get("end", "")
    if said not in TourEnd.values:
        raise Http404
    try:
        end_tour(tour_at(request, prospect, tour), TourEnd(said), by=request.user.person)
    except TourEnded:
        toast(request, _("Somebody has said meanwhile how this tour ended."), tone="warn")
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    else:
        toast(
            request,
            _("Noted: %(end)s.") % {"end": TourEnd(said).label},
            undo=reverse("tour_revival", args=[pk, tour]),
        )
    return redirect("prospect", pk)


@require_POST
@required("prospects.edit")
def revival(request: HttpRequest, pk: int, tour: int) -> HttpResponse:
    prospect = prospect_at(request, pk)
    try:
        revive_tour(tour_at(request, prospect, tour), by=request.user.person)
    except ProspectClosed:
        toast(request, CLOSED, tone="warn")
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    return redirect("prospect", pk)
