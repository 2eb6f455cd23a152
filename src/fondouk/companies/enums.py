"""Closed vocabularies of companies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a company is to the network. Resident and alumni are not listed: residencies tell them, on any date."""

    PROJECT = "project", _("Project")
    STARTUP = "startup", _("Startup")
    SME = "sme", _("SME")
    PARTNER = "partner", _("Partner")
    FUND = "fund", _("Fund")
    BANK = "bank", _("Bank")
    UNIVERSITY = "university", _("University")
    FABLAB = "fablab", _("Fablab")
    LARGE_COMPANY = "large_company", _("Large company")
    ADMINISTRATION = "administration", _("Administration")
    FEDERATION = "federation", _("Federation")


class LegalForm(TextChoices):
    SARL = "sarl", "SARL"
    SARL_AU = "sarl_au", "SARL AU"
    SA = "sa", "SA"
    SAS = "sas", "SAS"
    SAS_AU = "sas_au", "SAS AU"
    SNC = "snc", "SNC"
    SCS = "scs", "SCS"
    SCA = "sca", "SCA"
    AUTO_ENTREPRENEUR = "auto_entrepreneur", _("Auto-entrepreneur")
    COOPERATIVE = "cooperative", _("Cooperative")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Other")


class Stage(TextChoices):
    IDEA = "idea", _("Idea")
    PROTOTYPE = "prototype", _("Prototype")
    LAUNCH = "launch", _("Launch")
    GROWTH = "growth", _("Growth")
    MATURE = "mature", _("Mature")


class Mode(TextChoices):
    """How a company is hosted on a site."""

    OFFICE = "office", _("Office")
    DESK = "desk", _("Desk")
    DOMICILED = "domiciled", _("Domiciled")
    REMOTE = "remote", _("Supported at a distance")


SPACELESS = frozenset({Mode.DOMICILED, Mode.REMOTE})
"""Hosted without a space: no contract of one is waited for."""


class Status(TextChoices):
    """Computed from residencies on a date."""

    HOSTED = "hosted", _("Hosted")
    EXPECTED = "expected", _("Expected")
    ALUMNI = "alumni", _("Alumni")
    OUTSIDE = "outside", _("Not hosted")


class MemberRole(TextChoices):
    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class Indicator(TextChoices):
    """Figures by year. Amounts are in dirhams, people are counted at the end of the period."""

    HEADCOUNT = "headcount", _("People employed")
    WOMEN = "women", _("of which women")
    UNDER_35 = "under_35", _("of which under 35")
    TURNOVER = "turnover", _("Turnover")
    EXPORTS = "exports", _("Exports")
    FUNDS_RAISED = "funds_raised", _("Funds raised")


MONEY_INDICATORS = frozenset({Indicator.TURNOVER, Indicator.EXPORTS, Indicator.FUNDS_RAISED})
PARTS_OF = {
    Indicator.WOMEN: Indicator.HEADCOUNT,
    Indicator.UNDER_35: Indicator.HEADCOUNT,
    Indicator.EXPORTS: Indicator.TURNOVER,
}
"""A part is never greater than its whole, for the same company and period."""


class FigureSource(TextChoices):
    DECLARED = "declared", _("Declared by the company")
    STAFF = "staff", _("Entered by the staff")
    IMPORTED = "imported", _("Imported from a book")


class DocumentKind(TextChoices):
    STATUTES = "statutes", _("Statutes")
    REGISTRATION = "registration", _("Registration")
    INSURANCE = "insurance", _("Insurance certificate")
    TAX = "tax", _("Tax certificate")
    IDENTITY = "identity", _("Identity of the manager")
    OTHER = "other", _("Other")
