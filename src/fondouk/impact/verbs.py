"""What the audit says of impact."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

OFFICIAL_NOTED = register(
    "impact.official_noted", _("Official figure of %(year)s noted"), icon="building-bank"
)
OFFICIAL_CORRECTED = register(
    "impact.official_corrected", _("Official figure of %(year)s corrected"), icon="pencil"
)
EDITION_SHOWN_AGAIN = register(
    "impact.edition_shown_again", _("Figures of %(year)s public again"), icon="world"
)
EDITION_PUBLISHED = register("impact.edition_published", _("Figures of %(year)s published"), icon="world")
EDITION_REPLACED = register(
    "impact.edition_replaced", _("Published figures of %(year)s replaced by a later edition"), icon="world"
)
EDITION_WITHDRAWN = register(
    "impact.edition_withdrawn", _("Published figures of %(year)s withdrawn"), icon="world-off"
)
