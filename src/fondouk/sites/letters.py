"""What is said of a letter that was just written: on its way, or kept because no mail server is set up."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fondouk.mail.actions import has_server
from fondouk.people.models import Person


def said_of_an_invitation(person: Person) -> str:
    if has_server():
        return _("The invitation of %(name)s is on its way.") % {"name": person.name}
    return _("The invitation of %(name)s is written and waits: no mail server is set up.") % {
        "name": person.name
    }
