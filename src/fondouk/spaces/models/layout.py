"""A re-layout: from a day on some spaces are there no more, and others are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.sites.rules import reach

from .part import Part
from .resource import Resource


class LayoutQuerySet(models.QuerySet["Layout"]):
    def standing(self) -> LayoutQuerySet:
        return self.filter(taken_back_at=None)

    def visible_to(self, account: Any) -> LayoutQuerySet:
        return reach(account).limit(self, "site")


@pghistory.track()
class Layout(models.Model):
    """`starts_on` is a day of the site's clock. While it stands it claims, as claims of the kind `CLAIMS`, the parts that
    `ended` with it from then on for ever, and those of the `new` spaces until then. So nothing that is booked or let later
    stands on the old layout, nor earlier on the new one, and the one calendar judges that too.

    `old`: the spaces that go, also those that only shared a part with one that goes.
    """

    CLAIMS = "layout"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="layouts", verbose_name=_("site"))
    starts_on = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=160)
    ended = models.ManyToManyField(Part, related_name="ended_by", verbose_name=_("parts that go"))
    old = models.ManyToManyField(Resource, related_name="ended_by", verbose_name=_("spaces that go"))
    new = models.ManyToManyField(Resource, related_name="begun_by", verbose_name=_("new spaces"))
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-layout")
        verbose_name_plural = _("re-layouts")
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="layout_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why."),
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def has_begun(self) -> bool:
        """Its first day is over: until then a mistake can be taken back."""
        return self.starts_on < timezone.localdate()

    def site_ids(self) -> Iterable[int]:
        return {self.site_id}
