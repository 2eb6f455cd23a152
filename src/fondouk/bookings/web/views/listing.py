"""The list of bookings: what takes place, what was asked for, what was cancelled; and exactly that as a sheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from fondouk.bookings.enums import Status
from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.presentation import title_of
from fondouk.lib.fields import TypedDateField
from fondouk.lib.text import fold
from fondouk.people.rules import required
from fondouk.sites.current import address_with_site, sites_within_reach
from fondouk.ui.downloads import sheet_response

PER_PAGE = 50
DAY = timedelta(days=1)


class DateFilter(django_filters.Filter):
    field_class = TypedDateField


class OccurrenceFilter(django_filters.FilterSet):
    """From today on, unless a day is named."""

    q = django_filters.CharFilter(method="filter_text", label=gettext_lazy("Title, company or space"))
    site = django_filters.ChoiceFilter(
        field_name="resource__site__code", label=gettext_lazy("Site"), empty_label=gettext_lazy("All")
    )
    status = django_filters.ChoiceFilter(
        choices=Status.choices, label=gettext_lazy("Status"), empty_label=gettext_lazy("All")
    )
    since = DateFilter(method="filter_since", label=gettext_lazy("From"))
    until = DateFilter(method="filter_until", label=gettext_lazy("Until"))

    class Meta:
        model = Occurrence
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_within_reach(self.request)
        self.filters["site"].extra["choices"] = [(site.code, str(site)) for site in sites]

    @property
    def qs(self) -> Any:
        if not self.form.is_valid():
            return self.queryset.none()
        rows = super().qs
        if self.data.get("since") or self.data.get("until"):
            return rows
        return rows.filter(starts__gte=datetime.combine(timezone.localdate(), time(0)))

    def filter_text(self, rows: Any, name: str, value: str) -> Any:
        key = fold(value.replace("\x00", ""))
        return rows.filter(
            (Q(booking__title__icontains=value) & self._told())
            | Q(booking__company__name_folded__contains=key)
            | Q(resource__code_folded__contains=key)
        )

    def _told(self) -> Q:
        """Titles that the reader may read: looking for the others would tell them."""
        person = self.request.user.person_id
        own = Q(booking__organiser=person) | Q(booking__made_by=person)
        return Q(booking__is_private=False) | own

    def filter_since(self, rows: Any, name: str, value: date) -> Any:
        return rows.filter(starts__gte=datetime.combine(value, time(0)))

    def filter_until(self, rows: Any, name: str, value: date) -> Any:
        return rows.filter(starts__lt=datetime.combine(value + DAY, time(0)))


def filtered(request: HttpRequest) -> tuple[OccurrenceFilter, Any]:
    rows = Occurrence.objects.filter(booking__in=Booking.objects.visible_to(request.user))
    found = OccurrenceFilter(request.GET, queryset=rows, request=request)
    ordered = found.qs.order_by("starts", "pk").select_related(
        "resource__site", "part", "booking__company", "booking__organiser"
    )
    return found, ordered.defer("resource__vector", "resource__site__vector", "booking__company__vector")


@require_safe
@required("bookings.view")
def booking_list(request: HttpRequest) -> HttpResponse:
    if elsewhere := address_with_site(request):
        return redirect(elsewhere)
    found, rows = filtered(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "filter": found,
        "page": page,
        "rows": [(one, title_of(one.booking, request.user)) for one in page.object_list],
        "query": kept.urlencode(),
        "is_filtered": any(value for key, value in kept.items() if key != "site"),
    }
    return render(request, "bookings/booking/list.html", context)


@require_safe
@required("bookings.view")
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly what is filtered, in local time."""
    _found, rows = filtered(request)
    headers = [
        _("Site"), _("Space"), _("Start"), _("End"), _("What for"), _("Company"), _("Organiser"), _("People"), _("Status"),
        _("Price before tax"), _("Credits"), _("Due after cancellation"),
    ]  # fmt: skip
    lines = (
        [
            str(one.resource.site),
            one.place,
            one.starts,
            one.ends,
            title_of(one.booking, request.user),
            one.booking.company.label if one.booking.company else "",
            one.booking.organiser.name,
            one.booking.attendees,
            str(Status(one.status).label),
            one.price,
            one.credits or None,
            one.cancellation.due if hasattr(one, "cancellation") and one.cancellation.due else None,
        ]
        for one in rows.select_related("cancellation").iterator(chunk_size=2000)
    )
    return sheet_response(form, _("bookings"), headers, lines)
