"""An account: the means by which a person signs in. A person may have none."""

from __future__ import annotations

from typing import Any

import pghistory
import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .person import Person


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet[Account]:
        """With the person: nothing is done with an account that does not ask who it is."""
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account for `fields["person"]`, without password when none is given."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class Account(AbstractBaseUser):
    """Signs in with an address and a password, a passkey, or the operator's own identity provider."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    email = models.EmailField(_("e-mail address"), max_length=254)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                name="account_email_once",
                violation_error_message=_("Another account has this address."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """As `rules` says; nobody is above them."""
        return self.is_active and bool(rules.has_perm(permission, self, subject))

    def has_module_perms(self, app_label: str) -> bool:
        return False

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """What rules have already worked out about this account during one request."""
        return {}
