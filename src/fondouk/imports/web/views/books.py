"""The list of imports, and one book: read, looked at, written."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.imports.actions.forgetting import remove_book
from fondouk.imports.gates import closed
from fondouk.imports.models import Book, Import
from fondouk.imports.web.rows import row_views
from fondouk.imports.web.standing import Phase, Standing, standing_of, standings
from fondouk.lib.formats import format_number
from fondouk.people.rules import required
from fondouk.ui.registry import registry
from fondouk.ui.removals import asked
from fondouk.ui.toasts import toast

PER_PAGE = 20
ROWS_PER_PAGE = 50


def book_for_page(pk: int) -> Book:
    return get_object_or_404(
        Book.objects.select_related("file", "uploaded_by", "applied", "applied__undo", "applied__applied_by"),
        pk=pk,
    )


@require_safe
@never_cache
@required("imports.run")
def import_list(request: HttpRequest) -> HttpResponse:
    """Books that were uploaded, and imports made on the machine itself, latest first."""
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    books = Book.objects.filter(file__name__icontains=text).order_by()
    runs = Import.objects.filter(book=None, name__icontains=text).order_by()
    lines = (
        books.values("pk", "uploaded_at")
        .annotate(what=Value("book", CharField()))
        .union(
            runs.values("pk", "applied_at").annotate(what=Value("run", CharField())),
            all=True,
        )
        .order_by("-uploaded_at")
    )
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    context = {
        "page": page,
        "lines": _told([dict(line) for line in page]),
        "filtered": bool(text),
        "count": ngettext("%(n)s import", "%(n)s imports", total) % {"n": total},
    }
    context["top"] = registry.rendered_panels(request, "imports:top", None)
    return render(request, "imports/list.html", context)


def _told(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    of_book = {
        standing.book.pk: standing
        for standing in standings(
            Book.objects.select_related("file", "uploaded_by", "applied", "applied__undo").filter(
                pk__in=[line["pk"] for line in lines if line["what"] == "book"]
            )
        )
    }
    of_run = Import.objects.select_related("applied_by", "undo").in_bulk(
        [line["pk"] for line in lines if line["what"] == "run"]
    )
    return [
        {"standing": of_book[line["pk"]]} if line["what"] == "book" else {"run": of_run[line["pk"]]}
        for line in lines
    ]


@require_safe
@never_cache
@required("imports.run")
def book_page(request: HttpRequest, pk: int) -> HttpResponse:
    standing = standing_of(book_for_page(pk))
    if standing.run is not None:
        return redirect("import_run", standing.run.pk)
    preview = standing.preview
    if standing.phase == Phase.READY and preview is not None and not preview.understood:
        return redirect("book_mapping", pk)
    context: dict[str, Any] = {"standing": standing, "book": standing.book, "Phase": Phase}
    if preview is not None and standing.phase in (Phase.READY, Phase.NOTHING):
        context.update(_preview(request, standing))
    context["top"] = registry.rendered_panels(request, "imports:top", standing.book)
    return render(request, "imports/book.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("imports.run")
def book_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """An upload that nobody needs any more. What an import wrote stays: that has its own undo."""
    standing = standing_of(book_for_page(pk))
    if standing.run is not None or standing.job is not None:
        return redirect("book", pk)
    name = standing.book.file.name
    page = asked(
        request,
        title=_("Throw this book away"),
        word=name,
        text=_("The file and what was read in it are deleted. Nothing was written from it."),
        cancel=reverse("book", args=[pk]),
        crumbs=[(_("Imports"), reverse("imports"))],
    )
    if page is not None:
        return page
    remove_book(standing.book)
    toast(request, _("“%(name)s” was thrown away.") % {"name": name})
    return redirect("imports")


def _preview(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    preview = standing.preview
    assert preview is not None  # noqa: S101
    counts = preview.counts
    tab = request.GET.get("show", "")
    number = request.GET.get("sheet", "")
    sheet = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    places = preview.matching(tab, sheet)
    page = Paginator(places, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    leaves_out = request.GET.get("leave_out") == "1"
    return {
        "preview": preview,
        "counts": counts,
        "page": page,
        "rows": row_views(preview, preview.rows(list(page))),
        "sheet": sheet,
        "tab": tab,
        "leaves_out": leaves_out,
        "denial": closed() or denial(preview.changes, counts["refused"], leaves_out=leaves_out),
        "count": ngettext("%(n)s row", "%(n)s rows", len(places))
        % {"n": format_number(len(places), (get_language() or "fr")[:2])},
        "tabs": [
            {"key": key, "label": label, "count": counts[key or "all"], "active": tab == key}
            for key, label in (
                ("", _("All")),
                ("created", _("New")),
                ("updated", _("Changed")),
                ("unchanged", _("Unchanged")),
                ("refused", _("Refused")),
                ("warned", _("With a warning")),
            )
        ],
    }


def denial(changes: int, refused: int, *, leaves_out: bool) -> str:
    """Why the book may not be written now, "" when it may."""
    if refused and not leaves_out:
        return ngettext(
            "%(n)s row is refused. Leave it out, or correct the book and upload it again.",
            "%(n)s rows are refused. Leave them out, or correct the book and upload it again.",
            refused,
        ) % {"n": refused}
    if not changes:
        return _("There is nothing to write.")
    return ""
