"""Lists of people, as tables and as files."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fondouk.sites.queries import belongings
from fondouk.ui.formatting import listed, local
from fondouk.ui.tables import NOTHING, FormattedColumn


def account_state(person: Any) -> tuple[Any, str]:
    """In a word, and its tone."""
    if person.signs_in:
        return _("Open"), "ok"
    if person.is_invited:
        return _("Invited"), "info"
    if person.is_closed:
        return _("Closed"), "warn"
    return _("None"), "neutral"


def roles_in_words(person: Any) -> list[str]:
    """Today's roles with their site: "Reception · Rabat"."""
    return [
        f"{grant.get_role_display()} · {grant.site or _('the whole network')}" for grant in person.roles_today
    ]


class PeopleTable(tables.Table):
    label = _("People")

    name = tables.Column(verbose_name=_("Name"), order_by=("name_folded", "pk"))
    address = tables.Column(verbose_name=_("E-mail address"), default=NOTHING)
    phone = tables.Column(verbose_name=_("Phone"), orderable=False, default=NOTHING)
    companies = tables.Column(
        verbose_name=_("Companies"), accessor="pk", orderable=False, empty_values=(), default=NOTHING
    )
    roles = tables.Column(verbose_name=_("Roles"), accessor="roles_today", orderable=False, empty_values=())
    account = tables.Column(verbose_name=_("Account"), accessor="pk", order_by=("-signs_in", "-is_invited"))
    created_at = FormattedColumn("day", verbose_name=_("Known since"))

    class Meta:
        order_by = ("name",)
        empty_text = _("Nobody matches. Take a filter away.")

    def render_name(self, record: Any) -> str:
        return render_to_string("sites/people/cell.html", {"person": record})

    def render_address(self, value: str) -> str:
        return format_html('<a class="fk-code" dir="ltr" href="mailto:{}">{}</a>', value, value)

    def render_phone(self, value: str) -> str:
        return format_html('<bdi dir="ltr" class="fk-code fk-nowrap">{}</bdi>', value)

    def render_companies(self, record: Any) -> Any:
        names = belongings(record)
        return format_html("<bdi>{}</bdi>", listed(names)) if names else NOTHING

    def render_roles(self, record: Any) -> str:
        return render_to_string("sites/people/roles_cell.html", {"roles": roles_in_words(record)})

    def render_account(self, record: Any) -> str:
        word, tone = account_state(record)
        return format_html('<span class="fk-badge fk-badge-{}">{}</span>', tone, word)


HEADERS = (
    _("Name"),
    _("Name in Arabic"),
    _("E-mail address"),
    _("Phone"),
    _("Language"),
    _("Companies"),
    _("Roles"),
    _("Account"),
    _("Known since"),
)


def people_rows(people: Any) -> list[list[Any]]:
    return [
        [
            person.name,
            person.name_ar,
            person.address,
            person.phone,
            person.get_language_display(),
            listed(belongings(person)),
            listed(roles_in_words(person)),
            str(account_state(person)[0]),
            local(person.created_at).date(),
        ]
        for person in people
    ]
