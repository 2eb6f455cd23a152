"""What stands in the outbox."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.mail.notices import NOTICES


def counts() -> dict[str, int]:
    """Messages by state."""
    found = dict(Message.objects.order_by().values_list("delivery").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in Delivery.values}


def kind_label(kind: str) -> str:
    """What a message is, for people; the code itself when the app that wrote it is gone."""
    if kind == "accounts":
        return _("Account: password, address")
    return str(NOTICES[kind].label) if kind in NOTICES else kind
