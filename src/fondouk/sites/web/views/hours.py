"""Opening hours of a site, and the days on which others apply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.people.rules import required, verdict
from fondouk.sites.actions import change_hours, change_override, drop_override, override_hours
from fondouk.sites.models import HoursOverride, Site
from fondouk.sites.web.forms.sites import OverrideForm, WeekForm
from fondouk.sites.web.loading import me, site_at
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sent


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.edit")
def site_hours(request: HttpRequest, code: str) -> HttpResponseBase:
    site = site_at(request, code)
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", code)
    form = WeekForm(request.POST or None, hours=site.hours.all())
    if request.method == "POST" and form.is_valid():
        change_hours(site, form.week, by=me(request))
        toast(request, _("The opening hours are saved."))
        return redirect("site", code)
    return render(request, "sites/sites/hours.html", {"site": site, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.edit")
def site_overrides(request: HttpRequest, code: str) -> HttpResponseBase:
    """Other hours for some days. The undo of removed ones posts here too, with them in the address."""
    site = site_at(request, code)

    def note(**wanted: Any) -> str:
        override = override_hours(site, **wanted)
        return reverse("site_override_removal", args=[code, override.pk])

    return _override_form(request, site, None, note)


@require_http_methods(["GET", "HEAD", "POST"])
@required("sites.edit")
def site_override(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Correct them. The undo posts here too, with what stood before in the address."""
    site = site_at(request, code)
    override = get_object_or_404(site.overrides.prefetch_related("hours"), pk=pk)
    undo = f"{reverse('site_override', args=[code, pk])}?{urlencode(_as_sent(override))}"

    def correct(**wanted: Any) -> str:
        change_override(override, **wanted)
        return undo

    return _override_form(request, site, override, correct)


def _override_form(
    request: HttpRequest, site: Site, override: HoursOverride | None, write: Callable[..., str]
) -> HttpResponseBase:
    """`write` does what was asked for, and answers where its undo posts."""
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", site.code)
    form = OverrideForm(site, sent(request, "label") if request.method == "POST" else None, override=override)
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("label", "first", "last")}
        try:
            undo = write(**wanted, week=form.week, by=me(request))
        except IntegrityError:
            form.add_error("first", _("Other hours already apply to some of these days."))
        else:
            toast(request, _("“%(label)s” is noted.") % {"label": wanted["label"]}, undo=undo)
            return redirect("site", site.code)
    return render(request, "sites/sites/override.html", {"site": site, "form": form, "override": override})


@require_POST
@required("sites.edit")
def site_override_removal(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    site = site_at(request, code)
    if not verdict(request.user, "sites.edit", site):
        return redirect("site", code)
    override = get_object_or_404(site.overrides.prefetch_related("hours"), pk=pk)
    again = _as_sent(override)
    drop_override(override, by=me(request))
    toast(
        request,
        _("“%(label)s” no longer applies.") % {"label": override.label},
        undo=f"{reverse('site_overrides', args=[code])}?{urlencode(again)}",
    )
    return redirect("site", code)


def _as_sent(override: HoursOverride) -> dict[str, str]:
    """As the form takes them: what an undo brings back stands in its address."""
    said = {
        "label": override.label,
        "first": f"{override.period.lower:%d/%m/%Y}",
        "last": f"{override.period.upper - timedelta(days=1):%d/%m/%Y}",
    }
    for hours in override.hours.all():
        said |= {
            f"opens_{hours.weekday}": f"{hours.opens:%H:%M}",
            f"closes_{hours.weekday}": f"{hours.closes:%H:%M}",
        }
    return said if override.hours.all() else {**said, "closed": "on"}
