"""Weak passwords are refused in the reader's language."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories import AccountFactory


@pytest.mark.parametrize("password", ["court1", "123456789012", "password1234", "1234567890"])
def test_refused_in_arabic(password: str) -> None:
    with translation.override("ar"), pytest.raises(ValidationError) as refused:
        validate_password(password)
    for sentence in refused.value.messages:
        assert re.search(r"[؀-ۿ]", sentence)
        assert not re.search(r"[A-Za-z]", sentence)


def test_one_like_the_address_is_refused(db: None) -> None:
    account = AccountFactory(email="salma.ouazzani@parc.example")
    with pytest.raises(ValidationError):
        validate_password("salma.ouazzani@parc", account)


def test_a_sentence_of_words_is_taken() -> None:
    validate_password("quatre mots sans rapport")
