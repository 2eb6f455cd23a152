"""An edition: the figures of a year as they were published, on that day, for good."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> EditionQuerySet:
        """Those that the public may read, the latest first."""
        return self.filter(withdrawn_at=None).order_by("-year", "-pk")


class Edition(models.Model):
    """One of a year is public at a time: a later one replaces it.

    `content` is `queries.report.report(...)` of the whole network, `shown` the same without the cells that would tell
    what one company said. Neither ever changes: whatever is corrected later stands in a later edition.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    known_on = models.DateTimeField(_("as known on"))
    content = models.JSONField()
    shown = models.JSONField()
    note = models.TextField(_("a word to the reader"), blank=True, max_length=2000)
    published_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaces"
    )
    """The later edition of the year that took its place; None for one that was withdrawn by hand."""

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the figures")
        verbose_name_plural = _("editions of the figures")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="edition_not_withdrawn_before",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("published_at")),
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(withdrawn_at=None), name="edition_public_once_a_year"
            ),
            models.CheckConstraint(
                name="edition_replaced_is_withdrawn",
                condition=Q(replaced_by=None) | Q(withdrawn_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("year", "known_on", "content", "shown", "published_at"),
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.published_at:%Y-%m-%d}"
