"""Closed vocabularies of sites: phases of a site's life, roles of the staff."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    PLANNED = "planned", _("Planned")
    OPENING = "opening", _("Opening")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Precision(TextChoices):
    """How exactly a date is known: books often give the year alone."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class Weekday(IntegerChoices):
    """ISO 8601: Monday is 1."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class FeastState(TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    CONFIRMED = "confirmed", _("Confirmed")


class Role(TextChoices):
    """What somebody does for the park. A grant gives a role on one site, or on the whole network."""

    ADMINISTRATOR = "administrator", _("Administrator")
    DIRECTION = "direction", _("Direction")
    SITE_MANAGER = "site_manager", _("Site manager")
    ADMISSIONS = "admissions", _("Admissions")
    SPACES = "spaces", _("Spaces")
    FINANCE = "finance", _("Finance")
    PROGRAMMES = "programmes", _("Programmes")
    EVENTS = "events", _("Events")
    PARTNERSHIPS = "partnerships", _("Partnerships")
    RECEPTION = "reception", _("Reception")


ROLE_DESCRIPTIONS = {
    Role.ADMINISTRATOR: _(
        "Does everything, gives roles, keeps the settings and the register of processings."
    ),
    Role.DIRECTION: _(
        "Sees the whole of its sites, imports books, merges companies, and gives every role but that of administrator."
    ),
    Role.SITE_MANAGER: _("Runs a site: companies, spaces, contracts, people and hours of that site."),
    Role.ADMISSIONS: _("Follows companies from their application to their arrival, and edits their records."),
    Role.SPACES: _("Keeps the inventory of buildings, floors and spaces."),
    Role.FINANCE: _(
        "Bills, receives payments, keeps the accounts; sees companies and contracts with their amounts."
    ),
    Role.PROGRAMMES: _("Follows companies through their programme; edits their figures and notes."),
    Role.EVENTS: _("Sees spaces and companies to prepare events."),
    Role.PARTNERSHIPS: _("Sees companies, and edits partners, funds and universities."),
    Role.RECEPTION: _(
        "Sees who is where: companies, spaces and people. Adds people, and corrects the details of those without a role."
    ),
}
