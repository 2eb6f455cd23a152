"""One step on the way to an opening."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fondouk.openings.usual import USUAL
from fondouk.people.models import Person

from .opening import Opening


class StepQuerySet(models.QuerySet["OpeningStep"]):
    def undone(self) -> StepQuerySet:
        return self.filter(done_on=None)

    def in_order(self) -> StepQuerySet:
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")


class OpeningStep(models.Model):
    """A usual one (`code`, told in each reader's language) or one of the park's own (`title`)."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps")
    code = models.SlugField(max_length=20, blank=True, editable=False)
    title = models.CharField(_("step"), max_length=200, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    owner = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible"),
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an opening")
        verbose_name_plural = _("steps of an opening")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="opening_step_has_a_name",
                condition=~Q(code="") | ~Q(title=""),
                violation_error_message=_("Say what is to be done."),
            ),
            models.UniqueConstraint(
                fields=["opening", "code"], condition=~Q(code=""), name="opening_usual_step_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or (str(USUAL[self.code].label) if self.code in USUAL else self.code)

    def is_late(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today
