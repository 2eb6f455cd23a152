"""Handing out a file to those who may read it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from fondouk.files.models import StoredFile
from fondouk.files.readers import may_read


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Always as a download: nothing that somebody uploaded is ever shown inside our pages."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    stored = StoredFile.objects.filter(pk=pk).first()
    if stored is None or not may_read(request.user, stored):
        raise Http404
    try:
        content = stored.content.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
