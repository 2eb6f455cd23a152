"""Badges and keys: issued, suspended, returned, lost."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.access.actions import issue, step
from fondouk.access.actions.issuing import STEPS, Meanwhile
from fondouk.access.enums import HELD, TONES, State
from fondouk.access.models import Credential
from fondouk.access.rules import HANDLERS
from fondouk.access.web.forms import BecauseForm, CredentialForm
from fondouk.companies.queries import hosted_at, people_of
from fondouk.lib.saving import say_beside
from fondouk.lib.text import fold, typed_key
from fondouk.people.models import Person
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.sites.models import Grant
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _rows(request: HttpRequest) -> Any:
    rows = Credential.objects.visible_to(request.user).select_related("company", "person", "site")
    rows = rows.defer("company__vector", "site__vector")
    if request.GET.get("site"):
        rows = rows.filter(site__code=request.GET["site"])
    chosen = request.GET.get("state", "")
    if chosen in State.values:
        rows = rows.filter(state=chosen)
    elif chosen != "all":
        rows = rows.filter(state__in=HELD)
    if word := fold(request.GET.get("q", "").replace("\x00", "").strip()):
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(company__name_folded__contains=word)
            | Q(person__name_folded__contains=word)
        )
    return rows.order_by("number", "pk")


@require_safe
@required("access.view")
def badge_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    page = Paginator(_rows(request), PER_PAGE).get_page(request.GET.get("page"))
    chosen = request.GET.get("state", "")
    context = {
        "page": page,
        "rows": [
            (
                one,
                TONES[State(one.state)],
                [(state, VERBS[state], state in ASKED) for state in STEPS[State(one.state)]],
            )
            for one in page.object_list
        ],
        "states": [("", _("In somebody’s hands")), *State.choices, ("all", _("All"))],
        "chosen": chosen,
        "is_filtered": bool(request.GET.get("q") or chosen),
        "may_issue": verdict(request.user, "access.issue"),
    }
    return render(request, "access/badge/list.html", context)


ASKED = (State.SUSPENDED, State.LOST)
"""Steps of which a reason is noted."""
VERBS: dict[State, Any] = {
    State.ISSUED: gettext_lazy("Let it work again"),
    State.SUSPENDED: gettext_lazy("Suspend"),
    State.RETURNED: gettext_lazy("Returned"),
    State.LOST: gettext_lazy("Lost"),
}


@require_safe
@required("access.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    headers = [
        _("Site"), _("What"), _("Number"), _("Company"), _("Person"), _("What it opens"), _("State"), _("Why"), _("Issued"),
        _("Over"),
    ]  # fmt: skip
    lines = (
        [
            str(one.site),
            one.get_kind_display(),
            one.number,
            one.company.label if one.company else "",
            one.person.name if one.person else "",
            one.opens,
            one.get_state_display(),
            one.because,
            one.issued_at,
            one.ended_at,
        ]
        for one in _rows(request)
    )
    return sheet_response(form, _("badges"), headers, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@required("access.issue")
def create(request: HttpRequest) -> HttpResponse:
    """`?company=`: its people are those to choose among; without one, the staff."""
    account: Any = request.user
    sites = sites_within(reach(account, *HANDLERS))
    day = timezone.localdate()
    companies = hosted_at(sites, day)
    key = typed_key(request.GET.get("company", "")) or 0
    company = companies.filter(pk=key).first()
    staff = Grant.objects.on(day).filter(Q(site__in=sites) | Q(site=None)).values("person")
    people = (
        people_of(company, day) if company else Person.objects.filter(pk__in=staff).order_by("name_folded")
    )
    form = CredentialForm(
        request.POST or None, sites=sites, companies=companies, people=people, initial={"company": company}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = issue(form.save(commit=False), by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("%(what)s is issued.") % {"what": made})
            return redirect("badges")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "companies": companies, "company": company}
    return render(request, "access/badge/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@required("access.issue")
def take_step(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Asked why, where that says something; an undo asks nothing."""
    account: Any = request.user
    found = get_object_or_404(Credential.objects.visible_to(account), pk=pk)
    if to not in State.values or not account.has_perm("access.issue", found):
        raise Http404
    before = State(found.state)
    form = BecauseForm(request.POST or None)
    if request.method != "POST":
        context = {"badge": found, "form": form, "verb": VERBS[State(to)]}
        return render(request, "access/badge/step.html", context)
    try:
        step(found, State(to), because=request.POST.get("because", ""), by=account.person)
    except Meanwhile as late:
        toast(request, str(late), tone="warn")
    except ValidationError as error:
        toast(request, " ".join(error.messages), tone="warn")
    else:
        undo = reverse("badge_step", args=[pk, before]) if before in STEPS[State(to)] else ""
        said = _("%(what)s: %(state)s") % {"what": found, "state": State(to).label}
        toast(request, said, undo=undo)
    return redirect("badges")
