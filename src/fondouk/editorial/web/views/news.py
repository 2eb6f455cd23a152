"""News: writing, publishing now or later, withdrawing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fondouk.audit.queries import timeline
from fondouk.editorial.actions import publish_news, remove_news, save_news, withdraw_news
from fondouk.editorial.models import LANGUAGES, NewsItem, Said
from fondouk.editorial.queries import languages_of
from fondouk.editorial.web.forms import NewsForm, PublicationForm
from fondouk.editorial.web.tabs import tabs
from fondouk.people.rules import required
from fondouk.ui.removals import asked
from fondouk.ui.toasts import toast
from fondouk.ui.undo import sign, unsign

PER_PAGE = 50
UNDO = "editorial.news"


@require_safe
@required("editorial.edit")
def news_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = Paginator(NewsItem.objects.select_related("site", "written_by"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(item, item.state_at(now), languages_of(item, ("title",))) for item in page.object_list]
    context = {"rows": rows, "page": page, "languages": LANGUAGES, "tabs": tabs("news")}
    return render(request, "editorial/news/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required("editorial.edit")
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new one, or one that is there. `preview`: shown as the public would read it, and not kept; `publish`: saved, and
    public from the moment that stands beside.
    """
    item = get_object_or_404(NewsItem.objects.select_related("site"), pk=pk) if pk else NewsItem()
    form = NewsForm(request.POST or None, instance=item)
    moment = PublicationForm(request.POST if "publish" in request.POST else None)
    preview: list[dict[str, Said]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and "preview" in request.POST:
            status = 200
            read = zip(*(form.as_read(noun) for noun in NewsForm.nouns), strict=True)
            preview = [dict(zip(NewsForm.nouns, one, strict=True)) for one in read]
        elif form.is_valid() and (not moment.is_bound or moment.is_valid()):
            try:
                saved = save_news(form.instance, by=request.user.person)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                _publish(request, saved, moment)
                return redirect("newsitem", saved.pk)
    return _form(request, item if pk else None, form, preview=preview, publication=moment, status=status)


def _publish(request: HttpRequest, item: NewsItem, form: PublicationForm) -> None:
    """Where that was asked for; and say what was done."""
    if not form.is_bound:
        toast(request, _("Saved."))
        return
    moment = form.cleaned_data["moment"]
    publish_news(item, moment, by=request.user.person)
    toast(
        request,
        _("Published. Visitors read it within a minute.")
        if moment <= timezone.now()
        else _("It will be public on that day."),
        undo=reverse("newsitem_withdrawal", args=[item.pk]),
    )


def _form(request: HttpRequest, item: NewsItem | None, form: NewsForm, **given: Any) -> HttpResponse:
    status = given.pop("status", 200)
    context = {
        "form": form,
        "item": item,
        "state": item.state_at(timezone.now()) if item else "draft",
        "activity": timeline(item, limit=10) if item else [],
        **given,
    }
    return render(request, "editorial/news/form.html", context, status=status)


@require_POST
@required("editorial.edit")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Its undo, signed, publishes it as of the moment at which it was."""
    item = get_object_or_404(NewsItem, pk=pk)
    if signed := request.GET.get("signed"):
        kept = unsign(signed, salt=UNDO)
        if kept.get("pk") != pk:
            raise Http404
        publish_news(item, datetime.fromisoformat(kept["published_at"]), by=request.user.person)
        return redirect("newsitem", pk)
    kept = {"pk": pk, "published_at": item.published_at.isoformat()} if item.published_at else {}
    withdraw_news(item, by=request.user.person)
    undo = f"{reverse('newsitem_withdrawal', args=[pk])}?signed={sign(kept, salt=UNDO)}" if kept else ""
    toast(request, _("It is a draft again: visitors no longer see it."), undo=undo)
    return redirect("newsitem", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required("editorial.edit")
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(NewsItem, pk=pk)
    back = reverse("newsitem", args=[pk])
    page = asked(
        request,
        title=_("Remove this piece of news"),
        word=str(item)[:40].strip(),
        text=_(
            "It goes in every language, and its address leads nowhere. To hide it for a while, withdraw it."
        ),
        cancel=back,
        crumbs=[(_("News"), reverse("news")), (str(item), back)],
    )
    if page is not None:
        return page
    remove_news(item, by=request.user.person)
    toast(request, _("The piece of news is removed."))
    return redirect("news")
