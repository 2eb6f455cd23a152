"""What the audit says of companies."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import FIELDS, register

COMPANY_CREATED = register("companies.company_created", _("Company created"), icon="plus")
COMPANY_CHANGED = register("companies.company_changed", _("Company changed"), icon="pencil")
COMPANY_IMPORTED = register(
    "companies.company_imported", _("Taken from the book %(name)s"), icon="file-import"
)
IDENTITY_CHANGED = register("companies.identity_changed", _("Legal identity changed"), icon="certificate")
FIGURES_DECLARED = register("companies.figures_declared", _("Figures of %(year)s declared"), icon="chart-bar")
MEMBER_ADDED = register("companies.member_added", _("%(person)s joined the team"), icon="user-plus")
MEMBER_LEFT = register("companies.member_left", _("%(person)s left the team"), icon="user-minus")
RESIDENCY_OPENED = register("companies.residency_opened", _("Stay in %(site)s noted"), icon="door-enter")
RESIDENCY_CHANGED = register("companies.residency_changed", _("Stay in %(site)s corrected"), icon="pencil")
RESIDENCY_REMOVED = register("companies.residency_removed", _("Stay in %(site)s removed"), icon="trash")
MEMBER_CHANGED = register(
    "companies.member_changed", _("Place of %(person)s in the team changed"), icon="user-edit"
)
DOCUMENT_CHANGED = register(
    "companies.document_changed", _("Document changed: %(title)s"), icon="file-pencil"
)
RESIDENCY_CLOSED = register(
    "companies.residency_closed", _("Departure from %(site)s noted"), icon="door-exit"
)
NOTE_WRITTEN = register("companies.note_written", _("Note: %(text)s"), icon="note")
DOCUMENT_ADDED = register("companies.document_added", _("Document added: %(title)s"), icon="file-plus")
DOCUMENT_REMOVED = register("companies.document_removed", _("Document removed: %(title)s"), icon="file-minus")
STEWARD_CHANGED = register("companies.steward_changed", _("Followed by %(person)s"), icon="user-check")
CAMPAIGN_OPENED = register(
    "companies.campaign_opened", _("Figures of %(year)s asked of %(count)s companies"), icon="mail-question"
)
CAMPAIGN_CLOSED = register(
    "companies.campaign_closed", _("Campaign for the figures of %(year)s closed"), icon="mail-check"
)
COMPANIES_MERGED = register(
    "companies.companies_merged", _("%(absorbed)s merged into this company"), icon="git-merge"
)
MERGE_UNDONE = register("companies.merge_undone", _("Merge with %(absorbed)s undone"), icon="arrow-back-up")

FIELDS.update(
    {
        "sector": _("Sector"),
        "stage": _("Stage"),
        "steward": _("Followed by"),
        "kinds": _("Kind"),
        "team": _("Team"),
    }
)
