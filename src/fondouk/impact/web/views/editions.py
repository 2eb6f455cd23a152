"""Editions: the figures of a year published for good."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.impact import presentation
from fondouk.impact.actions import (
    Changed,
    TooFewChanged,
    draft_edition,
    publish_edition,
    show_edition_again,
    withdraw_edition,
)
from fondouk.impact.models import Edition
from fondouk.impact.queries import years_known
from fondouk.impact.web.forms.editions import EditionForm, YearForm
from fondouk.people.rules import required, verdict
from fondouk.ui.toasts import toast


@require_safe
@required("impact.view")
def edition_list(request: HttpRequest) -> HttpResponseBase:
    context = {
        "editions": Edition.objects.defer("content", "shown").select_related(
            "published_by", "withdrawn_by", "replaced_by"
        ),
        "may_publish": verdict(request.user, "impact.publish"),
    }
    return render(request, "impact/edition/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("impact.publish")
def edition_new(request: HttpRequest) -> HttpResponseBase:
    """A year is chosen, what becomes public is shown, then it is published: as it was shown, or not at all."""
    today = timezone.localdate()
    years = [year for year in years_known(today) if year < today.year]
    chooser = YearForm(years, {"year": request.POST.get("year") or request.GET.get("year") or ""})
    year = chooser.cleaned_data.get("year") if chooser.is_valid() else None
    draft, refused = None, None
    form = EditionForm(request.POST or None)
    try:
        if request.method == "POST" and year is not None and form.is_valid():
            edition = publish_edition(
                year, note=form.cleaned_data["note"], seen=form.cleaned_data["seen"], by=request.user.person
            )
            toast(request, _("The figures of %(year)s are published.") % {"year": year})
            return redirect("edition", edition.pk)
        draft = draft_edition(year) if year is not None else None
    except TooFewChanged as few:
        refused = _too_few(few)
    except Changed as changed:
        draft = changed.draft
        form.add_error(
            None, _("Records have changed since you looked: what follows is what would be published now.")
        )
    if draft is not None:
        form = _with_digest(form, draft.digest)
    context = {
        "chooser": chooser if chooser.data["year"] else YearForm(years),
        "refused": refused,
        "year": year,
        "draft": draft,
        "form": form,
        "is_public": True,
        **(presentation.shown(draft.shown, request.GET.get("definition", "")) if draft else {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "impact/edition/form.html", context, status=status)


def _with_digest(form: EditionForm, digest: str) -> EditionForm:
    """The form names what is shown beside it, whatever it named before."""
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": digest}  # type: ignore[attr-defined,assignment]
    else:
        form.initial["seen"] = digest
    return form


def _too_few(few: TooFewChanged) -> str:
    return ngettext(
        "Since the last edition of this year %(n)s company says something else. Whoever compared the two would know "
        "what: publish again once four companies or more do.",
        "Since the last edition of this year %(n)s companies say something else. Whoever compared the two would know "
        "what: publish again once four companies or more do.",
        few.companies,
    ) % {"n": few.companies}


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
    """`?off=1`: its undo."""
    edition = get_object_or_404(Edition, pk=pk)
    if request.GET.get("off"):
        if not show_edition_again(edition, by=request.user.person):
            toast(request, _("Another edition of that year is public now."), tone="warn")
        return redirect("edition", pk)
    withdraw_edition(edition, by=request.user.person)
    undo = f"{reverse('edition_withdrawal', args=[pk])}?off=1"
    toast(request, _("The figures of %(year)s are withdrawn.") % {"year": edition.year}, undo=undo)
    return redirect("editions")
