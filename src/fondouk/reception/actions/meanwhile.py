"""Two who deal with one visit at once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fondouk.reception.models import Visit


class Meanwhile(Exception):
    """It is not any more what it was when it was read. Nothing is written."""

    def __str__(self) -> str:
        return _("Somebody has dealt with this visit meanwhile. Look at it again.")


def locked(visit: Visit) -> Visit:
    """As it stands, held until the transaction ends. Raises `Meanwhile` where it is gone."""
    rows = Visit.objects.select_for_update(of=("self",))
    found = rows.select_related("site", "host", "company", "resource").filter(pk=visit.pk).first()
    if found is None:
        raise Meanwhile
    return found
