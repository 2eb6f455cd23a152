"""What can be asked for, and what is promised."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fondouk.lib.saving import say_beside
from fondouk.people.rules import required, verdict
from fondouk.requests.actions import save_category
from fondouk.requests.forms import CategoryForm
from fondouk.requests.models import Category
from fondouk.ui.toasts import toast


@require_safe
@required("requests.view")
def category_list(request: HttpRequest) -> HttpResponse:
    context = {"categories": Category.objects.all(), "may_keep": verdict(request.user, "requests.keep")}
    return render(request, "requests/category/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("requests.keep")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    account: Any = request.user
    category = get_object_or_404(Category, pk=pk) if pk else None
    form = CategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid():
        try:
            save_category(form.save(commit=False), by=account.person)
        except ValidationError as error:
            say_beside(form, error)
        else:
            toast(request, _("Saved."))
            return redirect("request_categories")
    status = 422 if request.method == "POST" else 200
    return render(request, "requests/category/edit.html", {"form": form, "category": category}, status=status)
