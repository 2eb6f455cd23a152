"""Figures of others, that ours are measured against: each with its source, its year and what it covers."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.impact.enums import Official
from fondouk.people.models import Person


class OfficialFigureQuerySet(models.QuerySet["OfficialFigure"]):
    def standing(self) -> OfficialFigureQuerySet:
        """Those that no correction has superseded."""
        return self.filter(superseded_by=None)


class OfficialFigure(models.Model):
    """Append-only, as companies' figures are: a correction supersedes, once."""

    code = models.CharField(_("what it measures"), max_length=20, choices=Official.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2, help_text=_("in dirhams"))
    scope = models.CharField(
        _("what it covers"),
        max_length=300,
        help_text=_("Which activities are in it and which are not: telecoms operators, for one."),
    )
    source = models.CharField(_("source"), max_length=300, help_text=_("Who published it, in what, when."))
    address = models.URLField(_("address of the source"), blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )

    objects = OfficialFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("official figure")
        verbose_name_plural = _("official figures")
        ordering = ("-year", "code", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "year"],
                condition=Q(supersedes=None),
                name="official_first_once",
                violation_error_message=_("This figure exists already: correct it."),
            ),
            models.CheckConstraint(
                name="official_positive",
                condition=Q(value__gt=0),
                violation_error_message=_("An official figure is greater than zero."),
            ),
            models.CheckConstraint(
                name="official_supersedes_another", condition=Q(supersedes=None) | ~Q(supersedes=F("id"))
            ),
            models.CheckConstraint(name="official_known", condition=Q(code__in=Official.values)),
            models.CheckConstraint(
                name="official_says_what_and_whence",
                condition=~Q(scope="") & ~Q(source=""),
                violation_error_message=_("Say what it covers, and where it comes from."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "code", "year", "value", "scope", "source", "supersedes", "noted_at"
                ),
            ),
            pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.year}"
