"""What companies say against closing a site: those that would still be hosted in it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext

from fondouk.companies.models import Residency
from fondouk.sites import closing
from fondouk.sites.models import Site


@closing.register
def hosted_there(site: Site, day: date) -> str:
    hosted = Residency.objects.on(day).filter(site=site).values("company").distinct().count()
    if not hosted:
        return ""
    return ngettext(
        "%(n)s company would still be hosted there on that day.",
        "%(n)s companies would still be hosted there on that day.",
        hosted,
    ) % {"n": hosted}
