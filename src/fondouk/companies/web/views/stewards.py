"""Who follows the companies ticked in the list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fondouk.companies.actions import assign_steward, assign_stewards
from fondouk.companies.models import Company, Stewardship
from fondouk.companies.queries import possible_stewards
from fondouk.companies.web.views.companies import chosen
from fondouk.lib.text import typed_key
from fondouk.people.models import Person
from fondouk.people.rules import required
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sign, unsign

UNDO = "companies.stewards"
MOST_UNDONE = 60
"""Companies whose steward of before finds room in an address."""


@require_POST
@required("companies.edit")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the companies ticked to one steward; those that this person may not edit are left alone, and not counted.

    The undo of a few dozen, signed, gives each back to whoever followed it, unless somebody has chosen another since.
    """
    if signed := request.GET.get("signed"):
        _give_back(request, unsign(signed, salt=UNDO))
        return redirect("companies")
    wanted = request.POST.get("steward", "")
    steward = possible_stewards(request.user).filter(pk=typed_key(wanted) or 0).first()
    if steward is None:
        toast(request, _("Choose who follows these companies."), tone="danger")
    else:
        ticked = chosen(request, request.POST).prefetch_related("residencies")
        editable = [company.pk for company in ticked if request.user.has_perm("companies.edit", company)]
        undo = _undo(editable, steward) if len(editable) <= MOST_UNDONE else ""
        assign_stewards(editable, steward, by=request.user.person)
        text = ngettext(
            "%(count)d company is followed by %(person)s.",
            "%(count)d companies are followed by %(person)s.",
            len(editable),
        )
        toast(request, text % {"count": len(editable), "person": steward}, undo=undo if editable else "")
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back.startswith("/") and is_ours else "companies")


def _undo(companies: list[int], steward: Person) -> str:
    rows = Stewardship.objects.filter(company__in=companies, period__contains=timezone.localdate())
    followed = dict(rows.values_list("company", "person"))
    kept = {"steward": steward.pk, "before": [[pk, followed.get(pk)] for pk in companies]}
    return f"{reverse('company_stewards')}?signed={sign(kept, salt=UNDO)}"


def _give_back(request: HttpRequest, kept: dict[str, Any]) -> None:
    before = dict(kept["before"])
    people = Person.objects.in_bulk(set(filter(None, before.values())))
    given = Stewardship.objects.filter(
        company__in=before, person=kept["steward"], period__contains=timezone.localdate()
    )
    for company in (
        Company.objects.visible_to(request.user).filter(pk__in=given.values("company")).order_by("pk")
    ):
        if request.user.has_perm("companies.edit", company):
            assign_steward(company, people.get(before[company.pk]), by=request.user.person)
    toast(request, _("They are followed as they were before."))
