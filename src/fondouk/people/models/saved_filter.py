"""A list's filters that somebody saved under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def offered_to(self, person: Person, to: str) -> SavedFilterQuerySet:
        """Of the list `to`: one's own, then what colleagues share."""
        rows = self.filter(Q(person=person) | Q(is_shared=True), list=to).select_related("person")
        return rows.annotate(is_own=Q(person=person)).order_by("-is_own", "name", "pk")


class SavedFilter(models.Model):
    """`query` is what stands behind the `?` of the list's address, so that opening it is following a link."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_filters")
    list = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField(
        _("shared with colleagues"),
        default=False,
        help_text=_("Everybody sees in it what they may see."),
    )

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "list", "name"],
                name="saved_filter_once",
                violation_error_message=_("You have saved a filter under this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
