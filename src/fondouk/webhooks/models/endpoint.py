"""An address of another system that wants to hear of what happens here."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.webhooks.enums import CHOSEN


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def asking_for(self, kind: str, site: int | None) -> EndpointQuerySet:
        """Those that are on and want to hear of this, there."""
        return self.filter(Q(site=None) | Q(site=site), is_on=True, kinds__contains=[kind])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Endpoint(models.Model):
    """Its secret is worked out of the installation's own key, its number and its `turn` (`signing.secret_of`): no table
    holds it.
    """

    label = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=500)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name=_("what it hears of"))
    site = models.ForeignKey(
        Site,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="webhooks",
        verbose_name=_("site"),
        help_text=_("Empty: all of them."),
    )
    is_on = models.BooleanField(_("on"), default=True)
    turn = models.PositiveIntegerField(default=1)
    turned_at = models.DateTimeField(default=timezone.now, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("label", "pk")
        constraints = [
            models.CheckConstraint(
                name="webhook_over_http",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("An address begins with https://."),
            ),
            models.CheckConstraint(
                name="webhook_hears_of_something",
                condition=Q(kinds__len__gt=0) & Q(kinds__contained_by=[kind.value for kind in CHOSEN]),
                violation_error_message=_("Choose what it hears of."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
