"""Wiring of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fondouk.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from . import receivers, retention, rules  # noqa: F401
        from .actions.retention import erase_forgotten, forgotten_people, old_invitations, remove_invitations
        from .models import Invitation
        from .web import panels  # noqa: F401

        retention.register(
            retention.Rule(
                "people.persons",
                _("People whom nothing ties to the network any more: their data are erased"),
                _("after their last role, place in a team, stay of their company or open account"),
                None,
                lambda before: len(forgotten_people(before)),
                erase_forgotten,
            )
        )
        retention.register(
            retention.Rule(
                "people.invitations",
                _("Invitations to make an account"),
                _("after they were used, withdrawn or ran out"),
                12,
                lambda before: Invitation.objects.filter(old_invitations(before)).count(),
                remove_invitations,
            )
        )
