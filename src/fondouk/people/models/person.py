"""A person: somebody the network knows, with or without an account."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.lib.db import folded_column, vector_column
from fondouk.people.enums import Language


class PersonQuerySet(models.QuerySet["Person"]):
    def living(self) -> PersonQuerySet:
        """Those whose data have not been erased."""
        return self.filter(erasure=None)

    def for_email(self, address: str) -> PersonQuerySet:
        return self.filter(emails__address__iexact=address)


@pghistory.track(exclude=["name_folded", "vector"])
class Person(models.Model):
    """Who somebody is. What they do for a company is a membership, what they do for the park a grant."""

    name = models.CharField(_("name"), max_length=200)
    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    name_folded = folded_column("name")
    vector = vector_column(name="A", name_ar="A")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name_folded", "pk")
        constraints = [
            models.CheckConstraint(
                name="person_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Give the person a name."),
            )
        ]
        indexes = [
            models.Index(fields=["name_folded"], name="person_name_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_erased(self) -> bool:
        return hasattr(self, "erasure")

    @property
    def main_email(self) -> str:
        """The address to write to, or "" when none is known."""
        addresses = sorted(self.emails.all(), key=lambda email: (not email.is_main, email.pk))
        return addresses[0].address if addresses else ""


@pghistory.track()
class PersonEmail(models.Model):
    """An address somebody can be reached at. A shared mailbox may belong to several persons."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = models.EmailField(_("e-mail address"), max_length=254)
    is_main = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ("-is_main", "pk")
        constraints = [
            models.UniqueConstraint(
                F("person"),
                models.functions.Lower("address"),
                name="person_email_once",
                violation_error_message=_("This person already has this address."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_main=True),
                name="person_one_main_email",
                violation_error_message=_("A person has one main address."),
            ),
        ]
        indexes = [models.Index(models.functions.Lower("address"), name="person_email_lower")]

    def __str__(self) -> str:
        return self.address
