"""What a member's pages show, put together from the slices below."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from fondouk.bookings.models import Booking, Occurrence
from fondouk.bookings.models.booking import OccurrenceQuerySet
from fondouk.companies.enums import Indicator, Status
from fondouk.companies.models import Company, CompanyDocument, LegalIdentity, Residency, Stewardship
from fondouk.companies.queries import figures_of_year
from fondouk.contracts.models import Contract, ContractLine
from fondouk.people.models import Person
from fondouk.sites.enums import Role
from fondouk.sites.models import Grant, HoursOverride, Site

EXPIRING = timedelta(days=60)
CONTACTS = (Role.SITE_MANAGER, Role.RECEPTION)


@dataclass
class Standing:
    """How a company stands with the park on a day."""

    status: Status
    sites: list[Site] = field(default_factory=list)
    since: date | None = None
    lines: list[ContractLine] = field(default_factory=list)
    last_day: date | None = None
    """When the first of its running contracts ends; None: no contract runs, or without an end."""


def standing(company: Company, day: date) -> Standing:
    stays = list(Residency.objects.filter(company=company).select_related("site").order_by("period"))
    here = [stay for stay in stays if day in stay.period]
    ahead = [stay for stay in stays if stay.period.lower and stay.period.lower > day]
    shown = here or ahead
    status = (
        Status.HOSTED if here else Status.EXPECTED if ahead else Status.ALUMNI if stays else Status.OUTSIDE
    )
    lines = list(
        ContractLine.objects.on(day)
        .filter(contract__company=company)
        .select_related("contract", "contract__termination", "resource__floor__building", "resource__site")
        .prefetch_related("resource__parts")
        .order_by("resource__code_folded")
    )
    return Standing(
        status=status,
        sites=[stay.site for stay in shown],
        since=min((stay.period.lower for stay in shown if stay.period.lower), default=None),
        lines=lines,
        last_day=min((line.contract.last_day for line in lines if line.contract.last_day), default=None),
    )


def year_to_declare(company: Company, day: date) -> int | None:
    """Last year, when the company was hosted before it ended and has not declared how many people it
    employs.
    """
    year = day.year - 1
    hosted = Residency.objects.on(day).filter(
        Q(period__startswith__lte=date(year, 12, 31)) | Q(period__startswith=None), company=company
    )
    if not hosted.exists() or Indicator.HEADCOUNT in figures_of_year(company, year):
        return None
    return year


def documents(company: Company) -> QuerySet[CompanyDocument]:
    """Those that the company sees, those that expire first on top."""
    return CompanyDocument.objects.filter(company=company, is_for_members=True).select_related(
        "file", "added_by"
    )


def expiring_documents(company: Company, day: date) -> list[CompanyDocument]:
    """Expired, or expiring within two months; one that a later document of its kind replaces is left out."""
    found = []
    latest: dict[str, date] = {}
    rows = list(documents(company).filter(expires_on__isnull=False).order_by("-expires_on"))
    for row in rows:
        replaced = row.kind in latest and row.kind != "other"
        latest.setdefault(row.kind, row.expires_on or day)
        if not replaced and row.expires_on and row.expires_on <= day + EXPIRING:
            found.append(row)
    return found


@dataclass(frozen=True)
class Contact:
    """Somebody of the park to turn to."""

    name: str
    role: Any
    email: str
    phone: str


def contacts(company: Company, sites: list[Site], day: date) -> list[Contact]:
    """Who follows the company, then the managers and the reception of its sites."""
    from django.utils.translation import gettext as _

    found: dict[int, Contact] = {}
    steward = (
        Stewardship.objects.filter(company=company, period__contains=day).select_related("person").first()
    )
    if steward:
        person = steward.person
        found[person.pk] = Contact(person.name, _("follows your company"), person.main_email, person.phone)
    grants = (
        Grant.objects.on(day)
        .filter(site__in=sites, role__in=CONTACTS, person__erasure=None)
        .annotate(rank=Case(When(role=Role.SITE_MANAGER, then=Value(0)), default=Value(1)))
        .select_related("person", "site")
        .prefetch_related("person__emails")
        .order_by("rank", "person__name_folded")
    )
    for grant in grants:
        person = grant.person
        label = f"{grant.get_role_display()} · {grant.site}"
        found.setdefault(person.pk, Contact(person.name, label, person.main_email, person.phone))
    return list(found.values())


def hours_on(site: Site, day: date) -> tuple[Any, Any] | None:
    """When the site opens and closes that day; None: closed, or nobody has said."""
    override = HoursOverride.objects.filter(site=site, period__contains=day).first()
    hours: Any = (override or site).hours
    row = hours.filter(weekday=day.isoweekday()).first()
    return (row.opens, row.closes) if row else None


def identity(company: Company, day: date) -> LegalIdentity | None:
    return company.identities.on(day).first()


def contracts(company: Company) -> QuerySet[Contract]:
    return (
        Contract.objects.filter(company=company)
        .select_related("site", "termination")
        .prefetch_related("lines__resource__parts", "lines__resource__floor__building")
    )


def my_times(person: Person, company: Company) -> OccurrenceQuerySet:
    """Times booked for the company, or by the person."""
    bookings = Booking.objects.filter(Q(company=company) | Q(organiser=person))
    return (
        Occurrence.objects.filter(booking__in=bookings)
        .select_related("resource__site", "resource__floor__building", "part", "booking__organiser")
        .defer("resource__vector", "resource__site__vector")
    )


def next_time(person: Person, company: Company) -> Occurrence | None:
    """The next one that is booked, or under way."""
    rows = my_times(person, company).booked().filter(during__endswith__gt=timezone.now())
    return rows.order_by("starts").first()
