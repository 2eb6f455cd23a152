"""Documents between the park and the company."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fondouk.companies.actions import add_document
from fondouk.files.actions import FileRefused
from fondouk.portal import queries
from fondouk.portal.web.forms.documents import DocumentForm
from fondouk.portal.web.mine import Mine, render_mine, with_company
from fondouk.ui.toasts import toast

ADD = "companies.documents"


@require_http_methods(["GET", "HEAD", "POST"])
@with_company
def page(request: HttpRequest, mine: Mine) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        mine.need(ADD)
        if form.is_valid() and _added(mine, form):
            toast(request, _("Document added."))
            return redirect("member_documents")
    documents = list(queries.documents(mine.company))
    context = {
        "form": form,
        "documents": documents,
        "soon": mine.day + queries.EXPIRING,
        "add": mine.may(ADD),
    }
    status = 422 if form.is_bound else 200
    return render_mine(request, mine, "portal/documents.html", context, status=status)


def _added(mine: Mine, form: DocumentForm) -> bool:
    said = form.cleaned_data
    try:
        add_document(
            mine.company,
            said["upload"],
            title=said["title"] or PurePath(said["upload"].name).stem[:200],
            kind=said["kind"],
            expires_on=said["expires_on"],
            by=mine.person,
        )
    except FileRefused as refusal:
        form.add_error("upload", str(refusal))
        return False
    return True
