"""Documents and notes of a company, from the console."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fondouk.companies.actions import add_document, change_document, remove_document, write_note
from fondouk.companies.web.forms.documents import DocumentDetailsForm, DocumentForm, NoteForm
from fondouk.companies.web.loading import visible_company
from fondouk.companies.web.views.company import shown
from fondouk.files.actions import FileRefused
from fondouk.people.rules import required
from fondouk.ui.removals import asked
from fondouk.ui.toasts import toast


@require_http_methods(["GET", "POST"])
@required("companies.documents")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.documents")
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        upload = values["upload"]
        try:
            document = add_document(
                company,
                upload,
                title=values["title"] or upload.name[:200],
                kind=values["kind"],
                expires_on=values["expires_on"],
                is_for_members=values["is_for_members"],
                by=request.user.person,
            )
        except FileRefused as refused:
            form.add_error("upload", str(refused))
        else:
            toast(request, _("“%(title)s” has been added.") % {"title": document.title})
            return redirect("company_tab", pk, "documents")
    context = {"form": form, "company": company, "title": _("Add a document"), "submit": _("Add")}
    return render(request, "companies/company/document.html", context)


@require_http_methods(["GET", "POST"])
@required("companies.documents")
def change(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.documents")
    found = get_object_or_404(company.documents.select_related("file", "company"), pk=document)
    form = DocumentDetailsForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            change_document(form.save(commit=False), fields=form.changed_data, by=request.user.person)
        toast(request, _("“%(title)s” is saved.") % {"title": form.instance.title})
        return redirect("company_tab", pk, "documents")
    context = {
        "form": form,
        "company": company,
        "document": found,
        "title": found.title,
        "submit": _("Save"),
    }
    return render(request, "companies/company/document.html", context)


@require_http_methods(["GET", "POST"])
@required("companies.documents")
def remove(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """The file goes for ever: its title is typed first."""
    company = visible_company(request, pk, "companies.documents")
    found = get_object_or_404(company.documents.select_related("file"), pk=document)
    there = reverse("company_tab", args=[pk, "documents"])
    page = asked(
        request,
        title=_("Remove a document"),
        word=found.title,
        text=_("The file is deleted here for good; only a backup still holds it."),
        cancel=there,
        crumbs=[(company.label, reverse("company", args=[pk])), (_("Documents"), there)],
    )
    if page is not None:
        return page
    remove_document(found, by=request.user.person)
    toast(request, _("“%(title)s” has been removed.") % {"title": found.title})
    return redirect("company_tab", pk, "documents")


@require_POST
@required("companies.notes")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    company = visible_company(request, pk, "companies.notes")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return shown(request, company, "activity")  # with what was typed, and why it is refused
    write_note(company, form.cleaned_data["text"], by=request.user.person)
    toast(request, _("Note added."))
    return redirect("company_tab", pk, "activity")
