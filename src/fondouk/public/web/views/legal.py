"""Who runs the network, what is kept about people, and their rights."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.editorial.queries import texts
from fondouk.public.queries import legal_notice
from fondouk.public.web.shell import render_public, without_cookies


@require_safe
@without_cookies
def legal_page(request: HttpRequest) -> HttpResponse:
    context = {"notice": legal_notice(timezone.localdate()), "more": texts("legal-more")["legal-more"]}
    return render_public(request, "public/legal.html", context, page="legal")
