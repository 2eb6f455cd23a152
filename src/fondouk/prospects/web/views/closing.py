"""Saying what came of a prospect, opening it again, forgetting it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.models import Company
from fondouk.people.rules import required
from fondouk.prospects.actions import ProspectClosed, close_prospect, erase_prospect, reopen_prospect
from fondouk.prospects.enums import Outcome
from fondouk.prospects.models import Prospect
from fondouk.prospects.web.forms import ClosingForm
from fondouk.prospects.web.loading import prospect_at
from fondouk.ui.removals import asked
from fondouk.ui.toasts import toast


def companies_since(request: HttpRequest, prospect: Prospect) -> Any:
    """Companies that came, or are to come, since the prospect asked; of those the account sees."""
    return (
        Company.objects.visible_to(request.user)
        .standing()
        .filter(residencies__period__startswith__gte=timezone.localdate(prospect.asked_at))
        .order_by("name_folded")
        .distinct()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@required("prospects.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    prospect = prospect_at(request, pk)
    form = ClosingForm(request.POST or None, companies=companies_since(request, prospect))
    if request.method == "POST" and form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        try:
            close_prospect(prospect, outcome, company=form.cleaned_data["company"], by=request.user.person)
        except ValidationError as error:
            form.add_error(None, error)
        except ProspectClosed:
            toast(request, _("Somebody has closed this request meanwhile."), tone="warn")
            return redirect("prospect", pk)
        else:
            toast(
                request,
                _("Closed: %(outcome)s.") % {"outcome": outcome.label},
                undo=reverse("prospect_reopening", args=[pk]),
            )
            return redirect("prospect", pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "prospect": prospect}
    return render(request, "prospects/prospect/close.html", context, status=status)


@require_POST
@required("prospects.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    reopen_prospect(prospect_at(request, pk), by=request.user.person)
    toast(request, _("The prospect is open again. A tour that was called off stays so."))
    return redirect("prospect", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required("prospects.erase")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing brings it back: the name is typed."""
    prospect = prospect_at(request, pk, "prospects.erase")
    back = reverse("prospect", args=[pk])
    page = asked(
        request,
        title=_("Erase this prospect"),
        word=prospect.name,
        text=_("Their details, visits, what was said and the letters to them go. Nothing brings them back."),
        cancel=back,
        crumbs=[(_("Prospects"), reverse("prospects")), (prospect.name, back)],
    )
    if page is not None:
        return page
    erase_prospect(prospect, by=request.user.person)
    toast(request, _("The prospect is erased."))
    return redirect("prospects")
