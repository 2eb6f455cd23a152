"""What people note about an item: who deals with it, and that it is put off."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fondouk.people.models import Person


class NoteQuerySet(models.QuerySet["Note"]):
    def asleep(self, on: date) -> NoteQuerySet:
        """Items put off beyond that day."""
        return self.filter(until__gt=on)


class Note(models.Model):
    """At most one for an item, named by its source and the key of its record: the item itself is nowhere stored.

    One that is about nothing any more (the item is done) is forgotten after some time, see `tasks`.
    """

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    assignee = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        related_name="todo_notes",
        verbose_name=_("dealt with by"),
    )
    until = models.DateField(_("put off until"), null=True)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on an item to do")
        verbose_name_plural = _("notes on items to do")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="todo_note_once",
                violation_error_message=_("Somebody noted something about this item already."),
            ),
            models.CheckConstraint(
                name="todo_note_says_something", condition=Q(assignee__isnull=False) | Q(until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"
