"""News: written, published now or later, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fondouk.audit.actions import a_day, record
from fondouk.editorial import verbs
from fondouk.editorial.models import LANGUAGES, NewsItem
from fondouk.lib.saving import save
from fondouk.people.models import Person

WRITTEN = [
    "site",
    "changed_at",
    *(f"{noun}_{code}" for noun in ("title", "summary", "body") for code in LANGUAGES),
]
BESIDE = {"news_has_a_title": "title_fr"}


@transaction.atomic
def save_news(item: NewsItem, *, by: Person | None) -> NewsItem:
    """Raises `ValidationError` beside the title where there is none in any language."""
    if item.pk is None:
        item.written_by = by
    item.changed_at = timezone.now()
    # Whether it is public is another act: it stays as somebody may have set it meanwhile.
    save(item, beside=BESIDE, fields=WRITTEN if item.pk else None)
    record(verbs.NEWS_SAVED, item, by=by)
    return item


@transaction.atomic
def publish_news(item: NewsItem, moment: datetime, *, by: Person | None) -> NewsItem:
    """Everybody reads it from that moment on, which may be to come."""
    locked = NewsItem.objects.select_for_update().get(pk=item.pk)
    locked.published_at = moment
    locked.save(update_fields=["published_at"])
    record(verbs.NEWS_PUBLISHED, locked, by=by, on=a_day(timezone.localdate(moment)))
    return locked


@transaction.atomic
def withdraw_news(item: NewsItem, *, by: Person) -> NewsItem:
    """A draft again."""
    locked = NewsItem.objects.select_for_update().get(pk=item.pk)
    if locked.published_at is not None:
        locked.published_at = None
        locked.save(update_fields=["published_at"])
        record(verbs.NEWS_WITHDRAWN, locked, by=by)
    return locked


@transaction.atomic
def remove_news(item: NewsItem, *, by: Person) -> None:
    record(verbs.NEWS_REMOVED, by=by, title=str(item))
    item.delete()
