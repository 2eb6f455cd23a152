"""What a view loads, as far as the person may see it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.queries import bookable
from fondouk.companies.models import Company
from fondouk.sites.rules import reach


def booking_at(request: HttpRequest, pk: int, permission: str = "") -> Booking:
    """404 for one that is not to be seen, or not to be changed when a permission is named."""
    rows = Booking.objects.visible_to(request.user).select_related(
        "resource__site", "resource__floor__building", "company", "organiser", "made_by"
    )
    booking = get_object_or_404(
        rows.defer("resource__vector", "resource__site__vector", "company__vector"), pk=pk
    )
    if permission and not request.user.has_perm(permission, booking):
        raise Http404
    return booking


def occurrence_at(request: HttpRequest, pk: int) -> Occurrence:
    """One that the person may change."""
    rows = Occurrence.objects.visible_to(request.user).select_related(
        "resource__site", "booking__resource__site", "booking__company", "booking__organiser"
    )
    one = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("bookings.change", one.booking):
        raise Http404
    return one


def spaces_for(account: Any) -> Any:
    return bookable(account).order_by("site", "code_folded")


def companies_for(account: Any) -> Any:
    """Those that it may book for: hosted on sites where it keeps the planning; else its own."""
    if account.has_perm("bookings.book_for"):
        rows = Company.objects.standing().hosted(timezone.localdate())
        within = reach(account)
        if not within.network:
            rows = rows.filter(residencies__site__in=within.sites).distinct()
    else:
        rows = Company.objects.standing().filter(
            pk__in=account.person.memberships.current().values("company")
        )
    return rows.by_name().defer("vector")
