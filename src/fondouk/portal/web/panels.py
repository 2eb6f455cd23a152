"""The member's own entries: a phone's bar holds four, and the rest behind "More"."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from fondouk.ui.registry import MenuEntry, register

# icons: home calendar ticket receipt building dots users chart-bar files
entry = partial(MenuEntry, shell="member", group="company", permission="companies.member")

register(
    entry(label=_("Home"), route="member_home", icon="home", order=10),
    entry(label=_("Book"), route="member_booking_new", icon="calendar", order=15),
    entry(label=_("Requests"), route="member_requests", icon="ticket", order=18),
    entry(label=_("Company"), route="member_company", icon="building", order=20),
    entry(label=_("Team"), route="member_team", icon="users", order=30),
    entry(label=_("Invoices"), route="member_invoices", icon="receipt", order=35, permission="billing.own"),
    entry(label=_("Figures"), route="member_figures", icon="chart-bar", order=40),
    entry(label=_("Documents"), route="member_documents", icon="files", order=50),
)
