"""A token with which a machine speaks for an account."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.enums import TokenScope

from .account import Account


def read_only() -> list[str]:
    return [TokenScope.READ.value]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self, at: datetime | None = None) -> ApiTokenQuerySet:
        moment = at or timezone.now()
        return self.filter(revoked_at=None, account__is_active=True).exclude(expires_at__lte=moment)


class ApiToken(models.Model):
    """Only a digest is kept; `hint` is its first characters, to tell one token from another."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    scopes = ArrayField(
        models.CharField(max_length=20, choices=TokenScope.choices), verbose_name=_("may"), default=read_only
    )
    name = models.CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="token_scopes_known",
                condition=Q(scopes__contained_by=TokenScope.values) & Q(scopes__contains=[TokenScope.READ]),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        return [str(one.label) for one in TokenScope if one in self.scopes]
