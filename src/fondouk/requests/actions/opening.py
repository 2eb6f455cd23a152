"""Making a request: what was promised with it is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fondouk.audit.actions import record
from fondouk.files.actions import FileRefused, store_file
from fondouk.files.sniffing import IMAGES, PDF
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.requests import verbs
from fondouk.requests.models import Photo, Request
from fondouk.requests.signals import request_opened
from fondouk.sites.queries import after_open_minutes

MOST_PHOTOS = 6
PHOTOS = IMAGES | {PDF}


@transaction.atomic
def open_request(
    request: Request, *, by: Person, photos: Sequence[Any] = (), now: datetime | None = None
) -> Request:
    """Write it with its photos, all or nothing. What stops people working is promised in half the time.

    Raises `ValidationError` beside a field ("photos", "resource", …).
    """
    moment = now or timezone.now()
    if len(photos) > MOST_PHOTOS:
        raise ValidationError({"photos": _("%(n)s files at most.") % {"n": MOST_PHOTOS}})
    if request.resource is not None and request.resource.site_id != request.site_id:
        raise ValidationError({"resource": _("This space is on another site.")})
    category = request.category
    if not category.is_active:
        raise ValidationError({"category": _("This is not offered any more.")})
    share = 2 if request.is_blocking else 1
    request.reporter_id = request.reporter_id or by.pk
    request.made_at = moment
    request.answer_due_at = after_open_minutes(request.site, moment, category.answer_minutes // share)
    request.resolve_due_at = after_open_minutes(request.site, moment, category.resolve_minutes // share)
    save(request)
    for photo in photos:
        try:
            stored = store_file(photo, by=by, accepted=PHOTOS)
        except FileRefused as refused:
            said = str(refused) if refused.code != "type" else _("Pictures and PDF are accepted.")
            raise ValidationError({"photos": f"{photo.name}: {said}"}) from refused
        Photo.objects.create(request=request, file=stored)
    record(verbs.OPENED, request, by=by, title=request.title)
    request_opened.send(sender=Request, request=request)
    return request
