"""What every network of this kind does with personal data, in each language of the house.

A register begins with these texts, stored in the language of whoever asked for them. While one stands as it
came, each reader sees it in their own language; corrected by hand, it is shown as written.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fondouk.people.enums import LegalBasis

USUAL: tuple[dict[str, Any], ...] = (
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
    {
        "name": _("Requests and visits"),
        "purpose": _("Answering those who come to the park, and receiving their visits."),
        "legal_basis": LegalBasis.INTEREST,
        "data": _("Name, organisation, e-mail address, telephone number, message, visits, what was said."),
        "recipients": _("Reception, admissions, partnerships, the managers of the sites and the direction."),
        "retention": _("Two years after the request is closed."),
    },
)
"""What every network of this kind does with personal data: a beginning, to be read and corrected."""

TEXTS = ("name", "purpose", "data", "recipients", "retention")


def in_every_language(text: Any) -> set[str]:
    """A translatable text as each language of the house has it."""
    said = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.add(str(text))
    return said


def in_reader_language(written: str) -> str:
    """A usual text in the reader's language, in whichever it was stored; any other as it is."""
    return str(_origins().get(written, written))


@cache
def _origins() -> dict[str, Any]:
    return {
        said: entry[field] for entry in USUAL for field in TEXTS for said in in_every_language(entry[field])
    }
