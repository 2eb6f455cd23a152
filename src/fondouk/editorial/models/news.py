"""A piece of news of the park."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.models import Site

from .words import said, said_somehow


class NewsQuerySet(models.QuerySet["NewsItem"]):
    def public(self, moment: datetime) -> NewsQuerySet:
        """What everybody may read at that moment, the latest first."""
        return self.filter(published_at__lte=moment)


@pghistory.track()
class NewsItem(models.Model):
    """A draft until it has a moment from which it is public; that moment may be to come."""

    title_fr = models.CharField(_("title in French"), max_length=160, blank=True)
    title_ar = models.CharField(_("title in Arabic"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary_fr = models.CharField(_("summary in French"), max_length=300, blank=True)
    summary_ar = models.CharField(_("summary in Arabic"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    body_fr = models.TextField(_("text in French"), max_length=20000, blank=True)
    body_ar = models.TextField(_("text in Arabic"), max_length=20000, blank=True)
    body_en = models.TextField(_("text in English"), max_length=20000, blank=True)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("site")
    )
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = (models.F("published_at").desc(nulls_first=True), "-pk")
        constraints = [
            models.CheckConstraint(
                name="news_has_a_title",
                condition=said_somehow("title"),
                violation_error_message=_("Write the title in one language at least."),
            )
        ]
        indexes = [models.Index(fields=["published_at"], name="news_published_at")]

    def __str__(self) -> str:
        return str(said(self, "title"))

    def state_at(self, moment: datetime) -> str:
        """draft, scheduled, public"""
        if self.published_at is None:
            return "draft"
        return "public" if self.published_at <= moment else "scheduled"
