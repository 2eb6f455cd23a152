"""A frequent question and its answer."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from .words import said, said_somehow


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> QuestionQuerySet:
        return self.filter(is_public=True)


@pghistory.track()
class Question(models.Model):
    """`position` orders them; a question that is not public is a draft."""

    question_fr = models.CharField(_("question in French"), max_length=200, blank=True)
    question_ar = models.CharField(_("question in Arabic"), max_length=200, blank=True)
    question_en = models.CharField(_("question in English"), max_length=200, blank=True)
    answer_fr = models.TextField(_("answer in French"), max_length=4000, blank=True)
    answer_ar = models.TextField(_("answer in Arabic"), max_length=4000, blank=True)
    answer_en = models.TextField(_("answer in English"), max_length=4000, blank=True)
    position = models.PositiveIntegerField(default=0, editable=False)
    is_public = models.BooleanField(_("published"), default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="question_is_asked_somehow",
                condition=said_somehow("question"),
                violation_error_message=_("Write the question in one language at least."),
            ),
            models.CheckConstraint(
                name="question_is_answered_somehow",
                condition=said_somehow("answer"),
                violation_error_message=_("Write the answer in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return str(said(self, "question"))
