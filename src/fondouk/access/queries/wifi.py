"""Who is let into the Wi-Fi of a site, and into which network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils import timezone

from fondouk.access.enums import Refusal
from fondouk.access.models import InternetService, RadiusServer, WifiAccount, WifiTotal
from fondouk.access.secrets import digest, is_secret
from fondouk.companies.models import Company, Membership

UNKNOWN = digest("nobody")


@dataclass(frozen=True)
class Admission:
    """`network` where somebody is let in, `refusal` where not."""

    account: WifiAccount | None = None
    network: int | None = None
    refusal: Refusal | None = None


def service_on(company: int, site: int, day: date) -> InternetService | None:
    return InternetService.objects.on(day).filter(company=company, site=site).first()


def admission(server: RadiusServer, username: str, password: str) -> Admission:
    """Judged anew each time: out is who was revoked or left the company, and whose company is suspended or gone."""
    account = (
        WifiAccount.objects.select_related("company", "person")
        .filter(username=username.strip().lower())
        .first()
    )
    fits = is_secret(password, account.digest if account else UNKNOWN)
    if account is None:
        return Admission(refusal=Refusal.UNKNOWN)
    if not fits:
        return Admission(account, refusal=Refusal.WRONG)
    return standing_of(server, account)


def may_stay(server: RadiusServer, username: str) -> bool:
    """Whether somebody who is connected would be let in again: no password is asked for."""
    accounts = WifiAccount.objects.select_related("company", "person")
    account = accounts.filter(username=username.strip().lower()).first()
    return account is not None and standing_of(server, account).network is not None


def standing_of(server: RadiusServer, account: WifiAccount) -> Admission:
    """As `admission`, of somebody whose password fits."""
    day = timezone.now().astimezone(ZoneInfo(server.site.zone)).date()
    if account.revoked_at or not _is_member(account, day):
        return Admission(account, refusal=Refusal.REVOKED)
    if not account.company.residencies.on(day).filter(site=server.site_id).exists():
        return Admission(account, refusal=Refusal.NOT_HOSTED)
    service = service_on(account.company_id, server.site_id, day)
    if service is None:
        return Admission(account, refusal=Refusal.NO_SERVICE)
    if service.suspended_at:
        return Admission(account, refusal=Refusal.SUSPENDED)
    return Admission(account, network=service.network)


def _is_member(account: WifiAccount, day: date) -> bool:
    held = Membership.objects.on(day).filter(person=account.person_id, company=account.company_id)
    return bool(held.exists())


def totals_of(company: Company, days: int = 30) -> dict[str, Any]:
    """Octets and sessions of the last days, on all sites."""
    since = timezone.localdate() - timedelta(days=days)
    return WifiTotal.objects.filter(company=company, day__gt=since).aggregate(
        received=Sum("received"), sent=Sum("sent"), sessions=Sum("sessions")
    )
