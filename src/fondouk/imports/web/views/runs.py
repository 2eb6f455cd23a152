"""An import that was made: what it wrote, and taking it back."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fondouk.imports.jobs import UNDO, undo_run
from fondouk.imports.models import Import
from fondouk.imports.schema import KINDS
from fondouk.imports.web.standing import steps
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job
from fondouk.people.rules import required


def _last_undo(run: Import) -> Job | None:
    return Job.objects.told().filter(kind=UNDO, parameters__run=run.pk).order_by("-created_at").first()


@require_safe
@never_cache
@required("imports.run")
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(
        Import.objects.select_related("book", "book__file", "applied_by", "undo", "undo__by"), pk=pk
    )
    written = run.changes.values("model").annotate(
        made=Count("pk", filter=Q(before__isnull=True)), changed=Count("pk", filter=Q(before__isnull=False))
    )
    undoing = _last_undo(run)
    sheets = [
        {**sheet, "label": kind.label if kind else sheet["kind"], "route": kind.route if kind else ""}
        for sheet in run.report.get("sheets", [])
        for kind in (KINDS.get(sheet["kind"]),)
    ]
    context = {
        "run": run,
        "book": run.book,
        "sheets": sheets,
        "created": sum(sheet.get("created", 0) for sheet in sheets),
        "updated": sum(sheet.get("updated", 0) for sheet in sheets),
        "refused": sum(len(sheet.get("refused", [])) for sheet in sheets),
        "written": sorted(
            (
                {**line, "label": apps.get_model(line["model"])._meta.verbose_name_plural}
                for line in written.order_by()
            ),
            key=lambda line: -line["made"] - line["changed"],
        ),
        "steps": steps(run.book, 3, is_open=False) if run.book else [],
        "undo": getattr(run, "undo", None),
        "undoing": undoing if undoing and not undoing.is_finished else None,
        "no_undo": undoing if undoing and undoing.state in (State.REFUSED, State.FAILED) else None,
    }
    return render(request, "imports/run.html", context)


@require_POST
@required("imports.run")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(Import, pk=pk)
    last = _last_undo(run)
    if not hasattr(run, "undo") and (last is None or last.is_finished):
        undo_run(run, by=request.user.person)
    return redirect("import_run", pk)
