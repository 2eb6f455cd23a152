"""Asking companies for a year's figures: opening, writing, reminding, answering, closing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.enums import FigureSource, MemberRole
from fondouk.companies.models import Company, Figure, FigureCampaign, FigureRequest, Membership
from fondouk.lib.saving import save
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.models import Person
from fondouk.sites.models import Network

from .figures import declare_figures

ASKED = notices.register(
    "companies.figures_asked",
    _("Figures asked for"),
    subject=_("%(network)s: the figures of %(company)s for %(year)s"),
    template="companies/mail/figures_asked.txt",
    has_secret=True,
)
REMINDED = notices.register(
    "companies.figures_reminded",
    _("Figures asked for again"),
    subject=_("Reminder: the figures of %(company)s for %(year)s"),
    template="companies/mail/figures_asked.txt",
    has_secret=True,
)
BESIDE = {"campaign_open_once_a_year": "year", "campaign_due_after_its_year": "due_on"}
REST = timedelta(days=2)
"""Nobody is reminded twice in that time."""
REMINDERS = (timedelta(days=-7), timedelta(days=-1), timedelta(days=7))
"""When those who have not answered are reminded without anybody asking, from the day due."""


class CampaignClosed(Exception):
    """Its links open nothing any more."""


@transaction.atomic
def open_campaign(campaign: FigureCampaign, *, by: Person | None) -> FigureCampaign:
    """Ask every company hosted on the last day of the year. Letters are written by a job: see `campaigns.ask`.

    Raises `ValidationError` beside the year where one is open, beside the day due where the year is not over.
    """
    campaign.opened_by = by
    save(campaign, beside=BESIDE)
    hosted = Company.objects.standing().hosted(date(campaign.year, 12, 31)).order_by("pk")
    companies = list(hosted.only("pk", "email"))
    owners = _owners(companies)
    requests = []
    for company in companies:
        owner = owners.get(company.pk)
        address = (owner.main_email if owner else "") or company.email
        requests.append(FigureRequest(campaign=campaign, company=company, person=owner, address=address))
    FigureRequest.objects.bulk_create(requests, batch_size=2000)
    record(verbs.CAMPAIGN_OPENED, campaign, by=by, year=campaign.year, count=len(requests))
    return campaign


def _owners(companies: Collection[Company]) -> dict[int, Person]:
    """Who heads each company now: of several, whoever came first."""
    return {
        membership.company_id: membership.person
        for membership in Membership.objects.current()
        .filter(company__in=[company.pk for company in companies], role=MemberRole.OWNER)
        .select_related("person")
        .prefetch_related("person__emails")
        .order_by("-pk")
    }


@transaction.atomic
def write_request(request: FigureRequest, *, again: bool = False) -> bool:
    """Send the link, or a reminder of it. Who has left the company is not written to: who heads it now is.

    False where the campaign is closed, nobody knows an address, or it is not the moment.
    """
    now = timezone.now()
    locked = (
        FigureRequest.objects.select_for_update(of=("self",))
        .select_related("campaign", "company", "person")
        .get(pk=request.pk)
    )
    if not locked.campaign.is_open:
        return False
    if locked.is_of_somebody_who_left():
        company = locked.standing_company()
        locked.person = _owners([company]).get(company.pk)
        locked.address = (locked.person.main_email if locked.person else "") or company.email
    told = locked.reminded_at or locked.sent_at
    if (
        not locked.address
        or (locked.sent_at and not again)
        or (again and (told is None or now - told < REST))
    ):
        return False
    recipient = locked.person or Person(name=locked.company.name)
    with translation.override(recipient.language):
        link = settings.PUBLIC_URL + reverse("figures_answer", args=[locked.token])
    notify(
        recipient,
        REMINDED if again else ASKED,
        to=locked.address,
        company=locked.company.name,
        year=locked.campaign.year,
        due_on=locked.campaign.due_on,
        note=locked.campaign.note,
        network=str(Network.current()),
        link=link,
        again=again,
        named=locked.person is not None,
    )
    if again:
        locked.reminded_at, locked.reminders = now, locked.reminders + 1
    else:
        locked.sent_at = now
    locked.save(update_fields=["person", "address", "sent_at", "reminded_at", "reminders"])
    return True


def remind_due(today: date) -> int:
    """Of open campaigns, write again to those who have not answered and were not written to since the last of the days
    for reminders: how many letters. A day on which nobody was at work, or no worker ran, is made up for on the next.
    """
    written = 0
    for campaign in FigureCampaign.objects.filter(closed_at=None):
        days = [campaign.due_on + after for after in REMINDERS if campaign.due_on + after <= today]
        for request in campaign.requests.unanswered().exclude(sent_at=None) if days else ():
            last = timezone.localtime(request.reminded_at or request.sent_at).date()
            if last < max(days):
                written += write_request(request, again=True)
    return written


@transaction.atomic
def note_opening(request: FigureRequest) -> None:
    """Somebody followed the link."""
    FigureRequest.objects.filter(pk=request.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def answer_request(request: FigureRequest, values: Mapping[str, Decimal]) -> list[Figure]:
    """What the company says by its link, or the one that it was merged into; again and again until the campaign is closed.

    Raises `CampaignClosed`, or `FigureRefused` as `declare_figures` does.
    """
    campaign = FigureCampaign.objects.select_for_update().get(pk=request.campaign_id)
    if not campaign.is_open:
        raise CampaignClosed
    company = Company.objects.select_for_update().get(pk=request.company_id)
    while company.merged_into_id is not None:
        company = Company.objects.select_for_update().get(pk=company.merged_into_id)
    declared = declare_figures(
        company, year=campaign.year, values=values, source=FigureSource.DECLARED, by=request.person
    )
    # Of two that were merged each was asked: what one says is said for both.
    campaign.requests.filter(Q(pk=request.pk) | Q(company=company)).update(answered_at=timezone.now())
    return declared


@transaction.atomic
def close_campaign(campaign: FigureCampaign, *, by: Person | None) -> FigureCampaign:
    locked = FigureCampaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.is_open:
        locked.closed_at, locked.closed_by = timezone.now(), by
        locked.save(update_fields=["closed_at", "closed_by"])
        record(verbs.CAMPAIGN_CLOSED, locked, by=by, year=locked.year)
    return locked


@transaction.atomic
def reopen_campaign(campaign: FigureCampaign, *, by: Person | None) -> FigureCampaign:
    """Raises `ValidationError` where another of the year is open."""
    locked = FigureCampaign.objects.select_for_update().get(pk=campaign.pk)
    if not locked.is_open:
        locked.closed_at = locked.closed_by = None
        save(locked, beside=BESIDE, fields=["closed_at", "closed_by"])
        record(verbs.CAMPAIGN_OPENED, locked, by=by, year=locked.year, count=locked.requests.count())
    return locked


def reachable(campaign: FigureCampaign) -> Q:
    """Requests of the campaign that may be reminded now."""
    before = timezone.now() - REST
    return Q(campaign=campaign, sent_at__isnull=False) & (
        Q(reminded_at=None, sent_at__lt=before) | Q(reminded_at__lt=before)
    )
