"""For how long a kind of trace is kept before it goes by itself (law 09-08, article 3)."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class RetentionPeriod(models.Model):
    """What somebody decided in place of a rule's own period. `months` empty: kept until somebody removes it."""

    rule = models.CharField(max_length=60, unique=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        constraints = [
            models.CheckConstraint(
                name="retention_of_a_month_at_least",
                condition=Q(months=None) | Q(months__gte=1),
                violation_error_message=_("One month at least, or empty to keep without limit."),
            )
        ]

    def __str__(self) -> str:
        return self.rule
