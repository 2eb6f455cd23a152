"""Re-layouts: what goes and what comes on a day."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.lib.text import typed_key
from fondouk.people.rules import required, verdict
from fondouk.sites.current import address_with_site
from fondouk.spaces.actions import Begun, Taken, relay, take_back
from fondouk.spaces.models import Layout, Resource
from fondouk.spaces.web.forms.layout import MOST, ROWS, LayoutForm, NewSpaces
from fondouk.ui.toasts import toast

from .closures import SHOWN, in_the_way

PER_PAGE = 50


@require_safe
@required("spaces.view")
def layout_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    rows = Layout.objects.visible_to(request.user).select_related("site")
    if request.GET.get("site"):
        rows = rows.filter(site__code=request.GET["site"])
    ordered = rows.prefetch_related("old", "new").order_by("-starts_on", "-pk")
    context = {
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": verdict(request.user, "spaces.edit"),
    }
    return render(request, "spaces/layout/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("spaces.edit")
def create(request: HttpRequest) -> HttpResponse:
    """`more` asks for further rows: nothing is judged then, and nothing lost."""
    account: Any = request.user
    spaces = Resource.objects.visible_to(account).lasting().select_related("site")
    spaces = spaces.defer("vector", "site__vector").order_by("site", "code_folded")
    if request.method == "POST" and "more" in request.POST:
        return _shown(request, LayoutForm(initial=_typed(request), spaces=spaces), _more_rows(request))
    key = typed_key(request.GET.get("space", ""))
    form = LayoutForm(request.POST or None, initial={"goes": [key] if key else []}, spaces=spaces)
    comes = NewSpaces(request.POST or None, prefix="comes")
    way: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid() & comes.is_valid():
        layout = form.layout()
        rows = [row for row in comes if row.has_changed()]
        if not account.has_perm("spaces.edit", layout):
            form.add_error("goes", _("You may not change the inventory of this site."))
        else:
            try:
                goes = list(form.cleaned_data["goes"])
                relay(layout, goes=goes, comes=[row.space() for row in rows], by=account.person)
            except ValidationError as error:
                _say(form, rows, error)
            except Taken as taken:
                way = in_the_way(account, taken)
                form.add_error(
                    None, _("Something stands on the old layout after that day: move it or end it first.")
                )
            else:
                toast(request, _("The re-layout is planned."))
                return redirect("layout", layout.pk)
    return _shown(request, form, comes, way, 422 if request.method == "POST" else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {**request.POST.dict(), "goes": request.POST.getlist("goes")}


def _more_rows(request: HttpRequest) -> Any:
    data = request.POST.copy()
    count = typed_key(data.get("comes-TOTAL_FORMS", "")) or 0
    data["comes-TOTAL_FORMS"] = str(min(count + ROWS, MOST))
    rows = NewSpaces(data, prefix="comes")
    for row in rows:
        row._errors = {}  # nothing is judged yet
    return rows


def _say(form: LayoutForm, rows: list[Any], error: ValidationError) -> None:
    """Each beside its field; "comes.2.code" is that of the third row."""
    for name, errors in error.update_error_dict({}).items():
        where, _dot, rest = name.partition(".")
        place, _dot, field = rest.partition(".")
        if where == "comes" and field:
            row = rows[int(place)]
            row.add_error(field if field in row.fields else "code", errors)
        else:
            form.add_error(name if name in form.fields else None, errors)


def _shown(
    request: HttpRequest,
    form: LayoutForm,
    comes: Any,
    way: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    if comes.is_bound and not form.errors and any(row.errors for row in comes):
        form.add_error(None, _("One of the new spaces needs another look."))
    found = way or []
    context = {
        "form": form,
        "comes": comes,
        "way": found[:SHOWN],
        "count": len(found),
        "is_full": comes.total_form_count() >= MOST,
    }
    return render(request, "spaces/layout/form.html", context, status=status)


def _layout(request: HttpRequest, pk: int) -> Layout:
    rows = Layout.objects.visible_to(request.user).select_related("site", "made_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@required("spaces.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    layout = _layout(request, pk)
    new = list(layout.new.order_by("code_folded").prefetch_related("parts").select_related("floor"))
    old = list(layout.old.order_by("code_folded").prefetch_related("parts"))
    context = {
        "layout": layout,
        "old": old,
        "new": new,
        "floor": new[0].floor if new else None,
        "activity": timeline(layout, limit=20),
        "may_edit": verdict(request.user, "spaces.edit", layout),
    }
    return render(request, "spaces/layout/page.html", context)


@require_POST
@required("spaces.edit")
def return_to_old(request: HttpRequest, pk: int) -> HttpResponse:
    account: Any = request.user
    layout = _layout(request, pk)
    if not account.has_perm("spaces.edit", layout):
        raise Http404
    try:
        take_back(layout, by=account.person)
    except Begun as begun:
        toast(request, str(begun), tone="danger")
    except Taken as taken:
        names = ", ".join(f"{row['label']} ({row['when']})" for row in in_the_way(account, taken)[:3])
        said = _("Somebody has taken a space of the new layout: %(names)s.") % {"names": names}
        toast(request, said, tone="danger")
    else:
        toast(request, _("The re-layout is taken back."))
    return redirect("layout", pk)
