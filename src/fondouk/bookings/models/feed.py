"""An address under which a calendar program reads bookings: secret, and good until it is revoked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person
from fondouk.sites.models import Site
from fondouk.spaces.models import Resource


class FeedQuerySet(models.QuerySet["CalendarFeed"]):
    def live(self) -> FeedQuerySet:
        return self.filter(revoked_at=None, person__account__is_active=True)


class CalendarFeed(models.Model):
    """Of a space, of a site, or (with neither) of what the person and their company have booked. Only a digest of the secret
    is kept; what may be read is judged each time by what the person may see then.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_feeds")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(
                name="feed_of_one_thing",
                condition=Q(site=None) | Q(resource=None),
                violation_error_message=_("A calendar is that of a site, or of a space."),
            )
        ]

    def __str__(self) -> str:
        return str(self.resource or self.site or self.person)
