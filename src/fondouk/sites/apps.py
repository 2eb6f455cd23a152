"""Wiring of sites."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "fondouk.sites"
    label = "sites"

    def ready(self) -> None:
        from fondouk.people import privacy, retention
        from fondouk.people.models import Invitation

        from . import imports, receivers, rules  # noqa: F401
        from .actions import end_roles_of, forget_inviter
        from .queries import holders_since
        from .web import panels  # noqa: F401

        retention.register_hold(holders_since)

        privacy.register(
            privacy.Keeper(
                "invitations_sent",
                lambda person: [
                    {"at": sent.created_at.isoformat(), "to": sent.person_id}
                    for sent in Invitation.objects.filter(invited_by=person)
                ],
                forget_inviter,
            )
        )
        privacy.register(
            privacy.Keeper(
                "roles",
                lambda person: [
                    {
                        "role": grant.role,
                        "site": grant.site.code if grant.site else None,
                        "from": grant.period.lower and grant.period.lower.isoformat(),
                        "until": grant.period.upper and grant.period.upper.isoformat(),
                    }
                    for grant in person.grants.select_related("site")
                ],
                end_roles_of,
            )
        )
