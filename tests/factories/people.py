"""Persons, accounts, and what they hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from fondouk.people.actions.invitations import digest
from fondouk.people.enums import LegalBasis
from fondouk.people.models import (
    Account,
    ApiToken,
    Invitation,
    Person,
    PersonEmail,
    Processing,
    SavedFilter,
)

PASSWORD = "fenêtre sur cour"
"""Of every account made here. Most tests sign in with `client.force_login` and never need it."""

NAMES = ["Hajar Lamrani", "Youssef Benali", "Salma Berrada", "Badr Ouhaddou", "Imane Azzouzi", "Reda Skalli"]


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: NAMES[n % len(NAMES)] + (f" {n}" if n >= len(NAMES) else ""))


class PersonEmailFactory(factory.django.DjangoModelFactory[PersonEmail]):
    class Meta:
        model = PersonEmail

    person = factory.SubFactory(PersonFactory)
    address = factory.Sequence(lambda n: f"person{n}@example.com")
    is_main = True


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    """An account that may sign in with `PASSWORD`; its address is its person's main one."""

    class Meta:
        model = Account

    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda n: f"account{n}@example.com")

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, **kwargs: Any) -> Account:
        password = kwargs.pop("password", PASSWORD)
        account = model_class.objects.create_user(password=password, **kwargs)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        if not account.person.emails.exists():
            PersonEmail.objects.create(person=account.person, address=account.email, is_main=True)
        return account


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """`InvitationFactory(secret="s3cret")`: the secret is what stands in the link."""

    class Meta:
        model = Invitation

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")

    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.com")
    digest = factory.LazyAttribute(lambda row: digest(row.secret))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class TokenFactory(factory.django.DjangoModelFactory[ApiToken]):
    """`TokenFactory(secret="fdk_…")`: the secret is what a machine sends."""

    class Meta:
        model = ApiToken

    class Params:
        secret = factory.Sequence(lambda n: f"fdk_secret-{n}")

    account = factory.SubFactory(AccountFactory)
    name = "Accountant's software"
    digest = factory.LazyAttribute(lambda row: digest(row.secret))
    hint = factory.LazyAttribute(lambda row: row.secret[:10])


class ProcessingFactory(factory.django.DjangoModelFactory[Processing]):
    class Meta:
        model = Processing

    name = factory.Sequence(lambda n: f"Hosting of companies {n}")
    purpose = "Knowing who works in the park."
    legal_basis = LegalBasis.CONTRACT
    data = "Name, address, function"
    retention = "Five years after departure"


class SavedFilterFactory(factory.django.DjangoModelFactory[SavedFilter]):
    class Meta:
        model = SavedFilter

    person = factory.SubFactory(PersonFactory)
    list = "companies"
    name = factory.Sequence(lambda n: f"My list {n}")
    query = "status=hosted"
