"""The page of a space."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fondouk.audit.queries import timeline
from fondouk.people.rules import required, verdict
from fondouk.spaces.models import Resource
from fondouk.spaces.queries import layout_beginning, layout_ending, rows
from fondouk.ui.registry import registry


@require_safe
@required("spaces.view")
def page(request: HttpRequest, pk: int) -> HttpResponse:
    resources = Resource.objects.visible_to(request.user).select_related("site", "floor__building")
    resource = get_object_or_404(resources.prefetch_related("parts__resources"), pk=pk)
    parts = list(resource.parts.all())
    together = {other for part in parts for other in part.resources.all() if other.pk != pk}
    context = {
        "space": resource,
        "row": rows([resource], timezone.localdate())[0],
        "parts": parts,
        "together": sorted(together, key=lambda other: other.code_folded),
        "rates": resource.rates.all(),
        "panels": registry.rendered_panels(request, "spaces.space:main", resource),
        "activity": timeline(resource, limit=20),
        "begins_with": layout_beginning(resource) if resource.in_use_from else None,
        "ends_with": layout_ending(resource) if resource.withdrawn_on else None,
        "is_out": resource.withdrawn_on is not None and not layout_ending(resource),
        "may_edit": verdict(request.user, "spaces.edit", resource),
    }
    return render(request, "spaces/space/page.html", context)
