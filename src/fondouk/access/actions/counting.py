"""What RADIUS servers count (RFC 2866, RFC 2869), added up: totals of a company and a day, nothing about machines or pages.

Servers count from the beginning of each session; they repeat themselves when an answer is lost, and may tell an older
count after a newer one. So each session that lasts keeps what it was counted at, and only what is more is added.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fondouk.access.models import RadiusServer, WifiAccount, WifiSession, WifiTotal

SILENT = timedelta(hours=24)
"""After so long without a word a session is over. One that has ended stays until then, so that its end, said twice, is added
once.
"""
MOST = 2**50
"""A petabyte: what a session may count to before it is taken for a fault."""


@transaction.atomic
def count(
    server: RadiusServer,
    username: str,
    session: str,
    *,
    received: int,
    sent: int,
    now: datetime | None = None,
) -> bool:
    """`received` and `sent` by the person's machine, octets since the session began. False for whom nobody knows."""
    account = WifiAccount.objects.filter(username=username.strip().lower()).first()
    if account is None or not session:
        return False
    moment = now or timezone.now()
    key = hashlib.sha256(f"{account.pk}:{session}".encode()).hexdigest()
    kept, is_new = WifiSession.objects.select_for_update().get_or_create(
        server=server, key=key, defaults={"account": account, "began_at": moment, "seen_at": moment}
    )
    more_received = max(0, min(received, MOST) - kept.received)
    more_sent = max(0, min(sent, MOST) - kept.sent)
    day = moment.astimezone(ZoneInfo(server.site.zone)).date()
    total, _made = WifiTotal.objects.get_or_create(company_id=account.company_id, site=server.site, day=day)
    WifiTotal.objects.filter(pk=total.pk).update(
        received=F("received") + more_received,
        sent=F("sent") + more_sent,
        sessions=F("sessions") + int(is_new),
    )
    WifiSession.objects.filter(pk=kept.pk).update(
        received=kept.received + more_received,
        sent=kept.sent + more_sent,
        seen_at=moment,
    )
    return True


@transaction.atomic
def close_silent(*, now: datetime | None = None) -> int:
    """Forget sessions that nobody has spoken of for a day. How many."""
    moment = now or timezone.now()
    return WifiSession.objects.filter(seen_at__lt=moment - SILENT).delete()[0]
