"""Creating and changing spaces by hand."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.lib.saving import say_beside
from fondouk.people.rules import required
from fondouk.sites.current import current_site
from fondouk.spaces.actions import (
    Relaid,
    add_places,
    change_resource,
    create_resource,
    restore_resource,
    set_rate,
    withdraw_resource,
)
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import rows
from fondouk.spaces.web.forms.space import RateForm, SpaceForm
from fondouk.ui.formatting import listed
from fondouk.ui.toasts import toast


def editable(request: HttpRequest, pk: int) -> Resource:
    resource = get_object_or_404(
        Resource.objects.visible_to(request.user).select_related("site", "floor__building"), pk=pk
    )
    if not request.user.has_perm("spaces.edit", resource):
        raise Http404
    return resource


@require_http_methods(["GET", "POST"])
@required("spaces.edit")
def create(request: HttpRequest) -> HttpResponse:
    form = SpaceForm(request.POST or None, account=request.user, initial={"site": current_site(request)})
    if request.method == "POST" and form.is_valid():
        resource = form.save(commit=False)
        if not request.user.has_perm("spaces.edit", resource):
            form.add_error("site", _("You may not change the inventory of this site."))
        else:
            try:
                with transaction.atomic():
                    resource.floor = form.floor(resource.site)
                    resource.is_pool = form.cleaned_data["is_pool"]
                    places = form.cleaned_data["places"]
                    create_resource(
                        resource,
                        area=form.cleaned_data["area"],
                        joins=list(form.cleaned_data["joins"]),
                        places=int(places) if places is not None else None,
                        by=request.user.person,
                    )
            except ValidationError as error:
                say_beside(form, error)
            else:
                toast(request, _("%(space)s has been created.") % {"space": resource})
                return redirect("space", resource.pk)
    return render(request, "spaces/space/form.html", {"form": form, "title": _("New space")})


@require_http_methods(["GET", "POST"])
@required("spaces.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    resource = editable(request, pk)
    form = SpaceForm(request.POST or None, instance=resource, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = form.save(commit=False)
                changed.floor = form.floor(changed.site)
                change_resource(
                    changed,
                    fields=["code", "kind", "capacity", "equipment", "note", "floor"],
                    area=form.cleaned_data.get("area"),
                    by=request.user.person,
                )
                if places := form.cleaned_data.get("places"):
                    add_places(changed, places=int(places), by=request.user.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Changes saved."))
            return redirect("space", pk)
    context = {"form": form, "space": Resource.objects.get(pk=pk), "title": _("Edit the space")}
    return render(request, "spaces/space/form.html", context)


@require_http_methods(["GET", "POST"])
@required("spaces.edit")
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    resource = editable(request, pk)
    form = RateForm(request.POST or None, initial={"since": timezone.localdate(), "unit": 1})
    if request.method == "POST" and form.is_valid():
        set_rate(
            resource,
            unit=form.cleaned_data["unit"],
            amount=form.cleaned_data["amount"],
            since=form.cleaned_data["since"],
            by=request.user.person,
        )
        toast(request, _("Rate saved."))
        return redirect("space", pk)
    context = {"form": form, "space": resource, "title": _("New rate")}
    return render(request, "spaces/space/form.html", context)


@require_POST
@required("spaces.edit")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of use from today. Pressed again from an old page it changes nothing."""
    resource = withdraw_resource(editable(request, pk), on=timezone.localdate(), by=request.user.person)
    held = rows(Resource.objects.filter(pk=pk).prefetch_related("parts"), timezone.localdate())[0].held
    said = _("%(space)s is out of use.") % {"space": resource}
    if held:
        said = _("%(space)s is out of use, although %(company)s holds it: move or end its contract.") % {
            "space": resource,
            "company": listed(one.label for one in held),
        }
    toast(request, said, tone="warn" if held else "ok", undo=reverse("space_return", args=[pk]))
    return redirect("space", pk)


@require_POST
@required("spaces.edit")
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """In use again."""
    try:
        resource = restore_resource(editable(request, pk), by=request.user.person)
    except Relaid as relaid:
        toast(request, str(relaid), tone="danger")
        return redirect("space", pk)
    toast(
        request,
        _("%(space)s is in use again.") % {"space": resource},
        undo=reverse("space_withdrawal", args=[pk]),
    )
    return redirect("space", pk)
