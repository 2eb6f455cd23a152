"""What people bring to the console."""

from django.utils.translation import gettext_lazy as _

from fondouk.ui.registry import MenuEntry, register

register(
    MenuEntry(
        shell="member",
        group="",
        label=_("My account"),
        route="my_account",
        icon="user-circle",
        order=900,
        permission="people.signed_in",
        section="account",
    ),
)
