"""Editions: the figures of a year published for good."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.impact import presentation
from fondouk.impact.actions import TooFewChanged, publish_edition, withdraw_edition
from fondouk.impact.models import Edition
from fondouk.impact.queries import years_known
from fondouk.impact.web.forms.official import EditionForm
from fondouk.people.rules import required, verdict
from fondouk.ui.toasts import toast


@require_safe
@required("impact.view")
def edition_list(request: HttpRequest) -> HttpResponseBase:
    context = {
        "editions": Edition.objects.defer("content", "shown").select_related("published_by", "withdrawn_by"),
        "may_publish": verdict(request.user, "impact.publish"),
    }
    return render(request, "impact/edition/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("impact.publish")
def edition_new(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    years = [year for year in years_known(today) if year < today.year]
    asked = request.GET.get("year", "")
    form = EditionForm(years, request.POST or None, initial={"year": asked if asked.isdecimal() else None})
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            edition = publish_edition(year, note=form.cleaned_data["note"], by=request.user.person)
        except TooFewChanged as few:
            form.add_error("year", _too_few(few))
        else:
            toast(request, _("The figures of %(year)s are published.") % {"year": year})
            return redirect("edition", edition.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/edition/form.html", {"form": form}, status=status)


def _too_few(few: TooFewChanged) -> ValidationError:
    return ValidationError(
        ngettext(
            "Since the last edition of this year %(n)s company says something else. Whoever compared the two would know "
            "what: publish again once four companies or more do.",
            "Since the last edition of this year %(n)s companies say something else. Whoever compared the two would know "
            "what: publish again once four companies or more do.",
            few.companies,
        )
        % {"n": few.companies}
    )


@require_safe
@required("impact.view")
def edition_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the public reads, as the public reads it."""
    edition = get_object_or_404(Edition, pk=pk)
    context = {
        **presentation.shown(edition.shown, request.GET.get("definition", "")),
        "edition": edition,
        "may_publish": verdict(request.user, "impact.publish"),
        "is_public": True,
    }
    return render(request, "impact/edition/page.html", context)


@require_POST
@required("impact.publish")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponseBase:
    edition = withdraw_edition(get_object_or_404(Edition, pk=pk), by=request.user.person)
    toast(request, _("The figures of %(year)s are withdrawn.") % {"year": edition.year})
    return redirect("editions")
