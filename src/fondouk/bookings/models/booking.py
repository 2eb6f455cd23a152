"""A booking: what somebody asked for, once or again and again, and the times it takes place."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pghistory
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fondouk.bookings.enums import LIVE, UNSETTLED, Status
from fondouk.bookings.pricing import Price
from fondouk.companies.models import Company
from fondouk.credits.models import Hold
from fondouk.lib.local import LocalDateTimeField
from fondouk.people.models import Person
from fondouk.sites.rules import reach
from fondouk.spaces.models import Part, Resource


def is_told(booking: Any, person: int | None) -> bool:
    """Whether this person may read title and note of a booking, or of a row that has what decides it."""
    return not booking.is_private or person in (booking.organiser_id, booking.made_by_id)


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, account: Any) -> BookingQuerySet:
        """Staff see those of their sites; members those of their company, and their own."""
        if not account.is_authenticated:
            return self.none()
        within = reach(account)
        if within.network:
            return self
        own = Q(organiser=account.person_id) | Q(
            company__in=account.person.memberships.current().values("company")
        )
        return self.filter(own | Q(resource__site__in=within.sites))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Booking(models.Model):
    """`starts` and `ends` are those of its first occurrence, on the clock of `zone`; `rule` is one of RFC 5545
    (`lib.recurrence`), empty for a single booking. `uid` is how calendars know it.

    `goes_on_at` is the first time of a series, on the clock of the wall, that is no row yet: rows reach eighteen months
    ahead, and a job writes more as time goes by. None where all are written, or no more is wanted.

    `request_key` is what the sender called the request, so that sending it twice books once; `request_digest` tells whether
    it was the same.
    """

    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("space")
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("company"),
    )
    organiser = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("organiser")
    )
    title = models.CharField(_("title"), max_length=160)
    is_private = models.BooleanField(_("title for the participants only"), default=False)
    attendees = models.PositiveIntegerField(_("people"), null=True, blank=True)
    note = models.TextField(_("note for the park"), blank=True)
    starts = LocalDateTimeField(_("start"))
    ends = LocalDateTimeField(_("end"))
    zone = models.CharField(max_length=60)
    rule = models.CharField(_("repeats"), max_length=400, blank=True)
    goes_on_at = LocalDateTimeField(null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    request_key = models.CharField(max_length=200, null=True, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)

    written: Sequence[Occurrence] | None = None
    """Its times, as the action has just written them; not known of one that was read."""

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ("starts", "pk")
        constraints = [
            models.CheckConstraint(
                name="booking_ends_after_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=_("It ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["made_by", "request_key"],
                name="booking_requested_once",
                violation_error_message=_("This request has been sent already."),
            ),
            models.CheckConstraint(
                name="booking_has_a_title",
                condition=~Q(title=""),
                violation_error_message=_("Say what it is for."),
            ),
        ]
        indexes = [
            models.Index(fields=["organiser", "starts"], name="booking_of_person"),
            models.Index(
                fields=["goes_on_at"], condition=Q(goes_on_at__isnull=False), name="booking_that_goes_on"
            ),
            models.Index(fields=["company", "starts"], name="booking_of_company"),
        ]

    def __str__(self) -> str:
        """For whoever lists records without knowing the reader: the audit."""
        return self.open_title or gettext("Private")

    @property
    def is_series(self) -> bool:
        return bool(self.rule)

    def tells(self, person: int | None) -> bool:
        """Whether this person may read its title and its note: those of a private one are for whoever takes part."""
        return is_told(self, person)

    @property
    def open_title(self) -> str:
        """What anybody may read who may see that the space is taken; "" for a private one."""
        return "" if self.is_private else self.title

    def site_ids(self) -> Iterable[int]:
        return {self.resource.site_id}


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def live(self) -> OccurrenceQuerySet:
        return self.filter(status__in=LIVE)

    def booked(self) -> OccurrenceQuerySet:
        return self.filter(status=Status.BOOKED)

    def visible_to(self, account: Any) -> OccurrenceQuerySet:
        return self.filter(booking__in=Booking.objects.visible_to(account))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Occurrence(models.Model):
    """One time that a booking takes place: the clock on the wall, and the UTC range derived from it.

    `recurs_at` is the local start that the rule gave it (RECURRENCE-ID, RFC 5545, 3.8.4.4): it stays when it is moved.
    `sequence` counts the changes that calendars must hear of. The space is held by claims of the kind `CLAIMS`, wider than
    `during` by the time to set up and to clean up. Within `grace_minutes` somebody says that they are there (0: no need to).

    `part`: which one of a pool was given for it, as long as it is booked; None where the whole space is held.

    `price` and why (`priced`, a `pricing.Price`) were worked out when it was booked, and stay whatever rules come later;
    None where nothing is asked for it. `credits` of it are set aside by `hold`.
    """

    CLAIMS = "booking"

    was = ""
    """Its status before it was cancelled, on those that `actions.cancel` returns."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="occurrences")
    recurs_at = LocalDateTimeField()
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, related_name="occurrences", verbose_name=_("space")
    )
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    starts = LocalDateTimeField(_("start"))
    ends = LocalDateTimeField(_("end"))
    during = DateTimeRangeField()
    zones = models.CharField(max_length=20)
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    cleanup_minutes = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.BOOKED)
    sequence = models.PositiveIntegerField(default=0)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    price = models.DecimalField(_("price before tax"), max_digits=12, decimal_places=2, null=True, blank=True)
    priced = models.JSONField(null=True, blank=True)
    hold = models.OneToOneField(
        Hold, on_delete=models.PROTECT, null=True, blank=True, related_name="occurrence"
    )
    credits = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("time of a booking")
        verbose_name_plural = _("times of bookings")
        ordering = ("starts", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "recurs_at"],
                name="occurrence_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("This series takes place then already."),
            ),
            models.CheckConstraint(
                name="occurrence_ends_after_start",
                condition=Q(ends__gt=F("starts")) & Q(during__isempty=False),
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(name="occurrence_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="occurrence_price_explained",
                condition=Q(price=None, priced=None) | Q(price__gte=0, priced__isnull=False),
                violation_error_message=_("A price is zero or more."),
            ),
            models.CheckConstraint(
                name="occurrence_credits_within_its_price",
                condition=Q(credits=0) | Q(credits__gt=0, credits__lte=F("price"), hold__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["resource", "starts"], name="occurrence_of_space"),
            # Few among a million; every planning looks for them, and whatever comes free.
            models.Index(fields=["resource"], condition=Q(status__in=UNSETTLED), name="occurrence_unsettled"),
            # What was to be paid is asked when a month is billed.
            models.Index(fields=["ends"], condition=Q(price__gt=0), name="occurrence_with_price"),
            # Whether anybody has come is asked every few minutes.
            models.Index(
                fields=["starts"],
                condition=Q(status=Status.BOOKED, grace_minutes__gt=0),
                name="occurrence_to_check_in",
            ),
            models.Index(
                fields=["ends"],
                condition=Q(hold__isnull=False, settled_at=None),
                name="occurrence_with_credits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} · {self.starts:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> str:
        """What the space is called, and which of its places was given."""
        if self.part is None:
            return self.resource.code
        is_named_after = self.part.code.startswith(self.resource.code)
        return self.part.code if is_named_after else f"{self.resource.code} · {self.part.code}"

    @property
    def cost(self) -> Price | None:
        """Its price, with what explains it."""
        return Price.read(self.price, self.priced) if self.price is not None and self.priced else None

    @cost.setter
    def cost(self, price: Price | None) -> None:
        self.price, self.priced = (price.amount, price.kept()) if price else (None, None)

    @property
    def owed(self) -> Decimal:
        """Its price, as long as it takes place; what stays due of it when it was given back."""
        if self.status in LIVE:
            return self.price or Decimal(0)
        gone: Cancellation | None = getattr(self, "cancellation", None)
        return gone.due if gone else Decimal(0)

    @property
    def to_pay(self) -> Decimal:
        """What credits leave of that."""
        return self.owed - self.credits

    def site_ids(self) -> Iterable[int]:
        return {self.resource.site_id}


@pghistory.track()
class SkippedDate(models.Model):
    """A date of a series on which it does not take place, by choice or because the space was taken (EXDATE)."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="skipped")
    recurs_at = LocalDateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("date left out")
        verbose_name_plural = _("dates left out")
        ordering = ("recurs_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "recurs_at"],
                name="date_skipped_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.recurs_at:%Y-%m-%d %H:%M}"


class Cancellation(models.Model):
    """Who gave an occurrence back, when and why."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="cancellation")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    due = models.DecimalField(_("due all the same"), max_digits=12, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        constraints = [models.CheckConstraint(name="cancellation_due_not_negative", condition=Q(due__gte=0))]

    def __str__(self) -> str:
        return self.reason


class Decision(models.Model):
    """Who let a request through, or did not."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="decisions")
    is_granted = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision on a booking")
        verbose_name_plural = _("decisions on bookings")

    def __str__(self) -> str:
        return str(_("Granted") if self.is_granted else _("Declined"))
