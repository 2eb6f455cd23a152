"""Closed vocabularies of impact."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Official(TextChoices):
    """Figures of others that ours are measured against."""

    ICT_TURNOVER = "ict_turnover", _("National ICT turnover, telecoms operators apart")


class Measure(TextChoices):
    """The figures of the page, in their order."""

    HOSTED = "hosted", _("Hosted companies")
    HEADCOUNT = "headcount", _("People employed")
    WOMEN = "women", _("of which women")
    UNDER_35 = "under_35", _("of which under 35")
    TURNOVER = "turnover", _("Turnover")
    EXPORTS = "exports", _("Exports")
    FUNDS_RAISED = "funds_raised", _("Funds raised")


MONEY = frozenset({Measure.TURNOVER, Measure.EXPORTS, Measure.FUNDS_RAISED})
PEOPLE = frozenset({Measure.HEADCOUNT, Measure.WOMEN, Measure.UNDER_35})


class Breakdown(TextChoices):
    SITE = "site", _("By site")
    SECTOR = "sector", _("By sector")
    STAGE = "stage", _("By stage")


class Stays(TextChoices):
    """Stays behind a figure."""

    ENTRIES = "entries", _("Entries")
    DEPARTURES = "departures", _("Departures")
    ALL = "all", _("All the stays")
