"""Django's checks of a password, in our words: its own are not in Arabic."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(
                _("This password is too short: at least %(n)s characters.") % {"n": self.min_length},
                code="password_too_short",
            )


class _InOurWords:
    """Whatever the check says, its refusal is in `words`."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)  # type: ignore[misc]
        except ValidationError as refused:
            raise ValidationError(self.words(), code=refused.code) from None

    def words(self) -> str:
        raise NotImplementedError


class UnlikeThePerson(_InOurWords, django.UserAttributeSimilarityValidator):
    def words(self) -> str:
        return _("This password is too like your name or your address.")


class NotCommon(_InOurWords, django.CommonPasswordValidator):
    def words(self) -> str:
        return _("This password is among the most usual: choose another.")


class NotOnlyDigits(_InOurWords, django.NumericPasswordValidator):
    def words(self) -> str:
        return _("This password is made of digits alone: add letters.")
