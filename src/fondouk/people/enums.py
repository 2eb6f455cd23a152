"""Closed vocabularies of persons and accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    FRENCH = "fr", _("French")
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")


class LegalBasis(TextChoices):
    """Why a processing of personal data is lawful (law 09-08, article 4)."""

    CONSENT = "consent", _("Consent")
    CONTRACT = "contract", _("Contract")
    OBLIGATION = "obligation", _("Legal obligation")
    INTEREST = "interest", _("Legitimate interest")
    PUBLIC_TASK = "public_task", _("Task in the public interest")


class TokenScope(TextChoices):
    """What a token of the API may do. All of them read."""

    READ = "read", _("Read")
    BOOKINGS = "bookings", _("Book, move and cancel")
