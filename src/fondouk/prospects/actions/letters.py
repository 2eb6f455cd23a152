"""What is written to a prospect: that we have their request, when their tour is, that it is off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.lib.formats import format_moment
from fondouk.mail import notices
from fondouk.mail.actions import notify
from fondouk.people.models import Person
from fondouk.prospects.models import Letter, Prospect, Tour
from fondouk.sites.models import Network

RECEIVED = notices.register(
    "prospects.received",
    _("Request received"),
    subject=_("%(network)s has your request"),
    template="prospects/mail/received.txt",
    has_secret=True,
)
PLANNED = notices.register(
    "prospects.tour_planned",
    _("Tour planned"),
    subject=_("Your visit: %(place)s, %(when)s"),
    template="prospects/mail/planned.txt",
    has_secret=True,
)
MOVED = notices.register(
    "prospects.tour_moved",
    _("Tour moved"),
    subject=_("Your visit has moved: %(place)s, %(when)s"),
    template="prospects/mail/planned.txt",
    has_secret=True,
)
CANCELLED = notices.register(
    "prospects.tour_cancelled",
    _("Tour cancelled"),
    subject=_("Your visit of %(when)s is cancelled"),
    template="prospects/mail/cancelled.txt",
    has_secret=True,
)


def write_to(
    prospect: Prospect, notice: str, tour: Tour | None = None, *, before: datetime | None = None
) -> None:
    """In the language of their request, with the link by which they see it and withdraw it. Not without an address.

    `before`: when the tour was to be, by the clock of its site.
    """
    if not prospect.email:
        return
    reader = Person(name=prospect.name, language=prospect.language)
    facts: dict[str, Any] = {"network": str(Network.current()), "prospect": prospect, "tour": tour}
    if before is not None:
        facts["before"] = format_moment(before, prospect.language)
    with translation.override(prospect.language):
        facts["link"] = settings.PUBLIC_URL + reverse("public_request", args=[prospect.token])
        if tour is not None and tour.starts_at is not None:
            facts |= {
                "place": tour.site.full_name,
                "when": format_moment(tour.begins, prospect.language),  # type: ignore[arg-type]
            }
    message = notify(reader, notice, to=prospect.email, **facts)
    if message is not None:
        Letter.objects.create(prospect=prospect, message=message)
