"""Internet services of companies, and the servers of the Wi-Fi."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.access.actions import add_server, end_service, resume, revoke_server, save_service, suspend
from fondouk.access.models import InternetService, RadiusServer
from fondouk.access.queries import totals_of
from fondouk.access.rules import KEEPERS
from fondouk.access.web.forms import BecauseForm, EndForm, ServerForm, ServiceForm
from fondouk.audit.queries import timeline
from fondouk.companies.models import Company
from fondouk.lib.saving import say_beside
from fondouk.lib.text import fold
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.sites.queries import sites_within
from fondouk.sites.rules import reach
from fondouk.ui.downloads import sheet_response
from fondouk.ui.toasts import toast

PER_PAGE = 50


def _rows(request: HttpRequest) -> Any:
    """As the address asks: those of today, or all (`?show=all`)."""
    rows = InternetService.objects.visible_to(request.user).select_related("company", "site")
    rows = rows.prefetch_related("addresses").defer("company__vector", "site__vector")
    if request.GET.get("site"):
        rows = rows.filter(site__code=request.GET["site"])
    if request.GET.get("show") != "all":
        rows = rows.on(timezone.localdate())
    if word := fold(request.GET.get("q", "").replace("\x00", "").strip()):
        found = Q(company__name_folded__contains=word)
        if word.isdecimal() and len(word) < 6:
            found |= Q(network=int(word))
        rows = rows.filter(found)
    return rows.order_by("site", "network")


@require_safe
@required("access.view")
def service_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    servers = RadiusServer.objects.live().visible_to(request.user).select_related("site")
    context = {
        "page": Paginator(_rows(request), PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET.get("q")),
        "shows_all": request.GET.get("show") == "all",
        "servers": servers,
        "may_keep": verdict(request.user, "access.keep"),
    }
    return render(request, "access/internet/list.html", context)


@require_safe
@required("access.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    headers = [
        _("Site"), _("Company"), _("Network number (VLAN)"), _("Down (Mbit/s)"), _("Up (Mbit/s)"), _("Fixed addresses"),
        _("From"), _("Until"), _("Suspended"), _("Note"),
    ]  # fmt: skip
    lines = (
        [
            str(one.site),
            one.company.label,
            one.network,
            one.down,
            one.up,
            " ".join(address.address for address in one.addresses.all()),
            one.period.lower,
            one.period.upper,
            one.suspended_because,
            one.note,
        ]
        for one in _rows(request)
    )
    return sheet_response(form, _("internet"), headers, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@required("access.keep")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """`?company=` is chosen already for a new one."""
    account: Any = request.user
    service = _service(request, pk) if pk else None
    form = _form(request, service, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_service(form.save(commit=False), form.cleaned_data["addresses"], by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("internetservice", saved.pk)
    status = 422 if request.method == "POST" else 200
    return _shown(request, service, form, status)


def _form(request: HttpRequest, service: InternetService | None, data: Any = None) -> ServiceForm:
    sites = sites_within(reach(request.user, *KEEPERS))
    companies = Company.objects.standing().filter(
        Q(residencies__site__in=sites) | Q(pk=service.company_id if service else None)
    )
    initial = {"company": request.GET.get("company"), "first_day": timezone.localdate()}
    return ServiceForm(
        data,
        instance=service,
        sites=sites,
        companies=companies.distinct().by_name().defer("vector"),
        initial=initial if service is None else {},
    )


def _shown(
    request: HttpRequest, service: InternetService | None, form: ServiceForm, status: int, **forms: Any
) -> HttpResponse:
    context = {
        "service": service,
        "form": form,
        "ending": forms.get("ending") or EndForm(),
        "because": forms.get("because") or BecauseForm(),
        "totals": totals_of(service.company) if service else None,
        "activity": timeline(service, limit=20) if service else [],
    }
    return render(request, "access/internet/edit.html", context, status=status)


@require_POST
@required("access.keep")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    service = _service(request, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end_service(service, form.cleaned_data["last_day"], by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("internetservice", pk)
    return _again(request, service, ending=form)


@require_POST
@required("access.keep")
def suspension(request: HttpRequest, pk: int) -> HttpResponse:
    """`because`: suspended for that; `?end`: given back."""
    account: Any = request.user
    service = _service(request, pk)
    if "end" in request.GET:
        resume(service, by=account.person)
        toast(request, _("Internet and Wi-Fi are given back."))
        return redirect("internetservice", pk)
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _again(request, service, because=form)
    suspend(service, form.cleaned_data["because"], by=account.person)
    undo = reverse("internet_suspension", args=[pk]) + "?end"
    toast(request, _("Suspended: nobody of this company is let into the Wi-Fi any more."), undo=undo)
    return redirect("internetservice", pk)


def _again(request: HttpRequest, service: InternetService, **forms: Any) -> HttpResponse:
    """With what was typed in one of the small forms beside it."""
    return _shown(request, service, _form(request, service), 422, **forms)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("access.keep")
def new_server(request: HttpRequest) -> HttpResponse:
    """The answer to a POST shows the secret and a configuration that holds it; nothing keeps them."""
    account: Any = request.user
    form = ServerForm(request.POST or None, sites=sites_within(reach(account, *KEEPERS)))
    secret = ""
    if request.method == "POST" and form.is_valid():
        secret = add_server(form.save(commit=False), by=account.person)
    context = {"form": form, "secret": secret, "address": settings.PUBLIC_URL.rstrip("/")}
    status = 422 if request.method == "POST" and not secret else 200
    return render(request, "access/internet/server.html", context, status=status)


@require_POST
@required("access.keep")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    server = get_object_or_404(RadiusServer.objects.live().visible_to(account), pk=pk)
    if not account.has_perm("access.keep", server):
        raise Http404
    revoke_server(server, by=account.person)
    toast(request, _("This server is answered no more."))
    return redirect("internet_services")


def _service(request: HttpRequest, pk: int) -> InternetService:
    rows = InternetService.objects.visible_to(request.user).select_related("company", "site")
    found: InternetService = get_object_or_404(rows.defer("company__vector", "site__vector"), pk=pk)
    if not request.user.has_perm("access.keep", found):
        raise Http404
    return found
