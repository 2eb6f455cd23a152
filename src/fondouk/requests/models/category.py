"""What can be asked for, and within how long the park answers."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fondouk.requests.enums import Kind


@pghistory.track()
class Category(models.Model):
    """`answer_minutes` and `resolve_minutes` are of opening hours of the site; half for what stops people working."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_ar = models.CharField(_("name in Arabic"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    icon = models.CharField(max_length=40, blank=True)
    answer_minutes = models.PositiveIntegerField(_("answered within"), default=4 * 60)
    resolve_minutes = models.PositiveIntegerField(_("resolved within"), default=3 * 8 * 60)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("category of requests")
        verbose_name_plural = _("categories of requests")
        ordering = ("kind", "name_fr", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name_fr"],
                name="category_once",
                violation_error_message=_("There is a category with this name already."),
            ),
            models.CheckConstraint(name="category_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="category_levels",
                condition=Q(answer_minutes__gt=0) & Q(resolve_minutes__gte=F("answer_minutes")),
                violation_error_message=_("It is answered before it is resolved, and both take some time."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the language of the reader; in French where it has no name in theirs."""
        return getattr(self, f"name_{(get_language() or 'fr')[:2]}", "") or self.name_fr

    @property
    def answer_said(self) -> str:
        return _hours(self.answer_minutes)

    @property
    def resolve_said(self) -> str:
        return _hours(self.resolve_minutes)


def _hours(minutes: int) -> str:
    """As a promise is said: in hours, or in minutes where it is less than one."""
    if minutes < 60:
        return gettext("%(n)d min") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return (
        gettext("%(n)d h %(rest)02d") % {"n": hours, "rest": rest}
        if rest
        else gettext("%(n)d h") % {"n": hours}
    )
