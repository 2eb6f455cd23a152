"""Step one: what was understood, and what a person says instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fondouk.imports.actions import choose_mapping
from fondouk.imports.jobs import read_book
from fondouk.imports.web.forms.mapping import MappingForm
from fondouk.imports.web.standing import Phase, standing_of, steps
from fondouk.people.rules import required
from fondouk.ui.toasts import toast

from .books import book_for_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@required("imports.run")
def book_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET with controls in it (another kind was chosen) shows the columns of that kind and keeps
    nothing.
    """
    standing = standing_of(book_for_page(pk))
    if standing.preview is None or standing.phase not in (Phase.READY, Phase.NOTHING):
        return redirect("book", pk)
    sent = request.POST if request.method == "POST" else request.GET
    form = MappingForm(standing.book, standing.preview, sent or None)
    status = 200
    if request.method == "POST" and "show" not in request.POST:
        if form.is_valid():
            if form.chosen == standing.book.mapping:
                return redirect("book", pk)
            choose_mapping(standing.book, form.chosen, by=request.user.person)
            read_book(standing.book, by=request.user.person)
            toast(request, _("Kept, and remembered for the next books. This one is read again."))
            return redirect("book", pk)
        status = 422
    context = {
        "standing": standing,
        "book": standing.book,
        "form": form,
        "steps": steps(standing.book, 0),
        "strange": standing.preview.strange,
    }
    return render(request, "imports/mapping.html", context, status=status)
