"""Keeping the register of processings."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fondouk.people import signals
from fondouk.people.enums import LegalBasis
from fondouk.people.models import Person, Processing

USUAL = (
    {
        "name": _("Companies and their contacts"),
        "purpose": _("Hosting companies, following them, and writing to the people who answer for them."),
        "legal_basis": LegalBasis.CONTRACT,
        "data": _("Name, role in the company, e-mail address, telephone number."),
        "recipients": _("The park’s staff, each within their sites."),
        "retention": _(
            "Three years after the company has left; contracts and invoices ten years, as the law asks."
        ),
    },
    {
        "name": _("Accounts and sign-in"),
        "purpose": _("Letting people in, and nobody in their place."),
        "legal_basis": LegalBasis.CONTRACT,
        "data": _(
            "Name, e-mail address, a digest of the password, second factors, when they last signed in."
        ),
        "recipients": _("Nobody."),
        "retention": _("As long as the account is open, then one year."),
    },
    {
        "name": _("Journal of actions"),
        "purpose": _("Knowing who changed what, to correct mistakes and answer for decisions."),
        "legal_basis": LegalBasis.INTEREST,
        "data": _("The person, the action, the record, the date and the address of the page."),
        "recipients": _("The direction and the administrators."),
        "retention": _("Five years. When somebody’s data are erased, their name leaves the journal too."),
    },
    {
        "name": _("Messages sent by the network"),
        "purpose": _("Invitations, reminders and notices, with the proof that they were sent."),
        "legal_basis": LegalBasis.CONTRACT,
        "data": _("E-mail address, language, text of the message, deliveries."),
        "recipients": _("The network’s mail server."),
        "retention": _("Two years."),
    },
    {
        "name": _("Figures declared by companies"),
        "purpose": _("Measuring what the network brings about, for its board and its partners."),
        "legal_basis": LegalBasis.PUBLIC_TASK,
        "data": _("Headcount, of which women and under 35, turnover: counts, without names."),
        "recipients": _("The direction; partners and the public as totals only."),
        "retention": _("Without limit: they name nobody."),
    },
)
"""What every network of this kind does with personal data: a beginning, to be read and corrected."""


@transaction.atomic
def save_processing(processing: Processing, *, by: Person | None) -> Processing:
    processing.full_clean()
    processing.save()
    signals.processing_saved.send(Processing, processing=processing, by=by)
    return processing


@transaction.atomic
def add_usual_processings(*, by: Person | None) -> list[Processing]:
    """Those of `USUAL` that the register does not name yet, written in the language of whoever asks."""
    known = set(Processing.objects.values_list("name", flat=True))
    wanted = [{field: str(value) for field, value in entry.items()} for entry in USUAL]
    return [save_processing(Processing(**entry), by=by) for entry in wanted if entry["name"] not in known]
