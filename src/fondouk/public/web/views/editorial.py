"""What the park says: frequent questions, news, and news as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fondouk.editorial.markdown import to_html
from fondouk.editorial.models import NewsItem, Question, said
from fondouk.editorial.queries import texts
from fondouk.lib.text import writable
from fondouk.public.web.addresses import news_address, news_slug
from fondouk.public.web.linked import linked, of_news, of_questions
from fondouk.public.web.shell import render_public, without_cookies
from fondouk.sites.models import Network

ON_A_PAGE = 20
IN_THE_FEED = 30


@require_safe
@without_cookies
def questions(request: HttpRequest) -> HttpResponse:
    shown = [(said(one, "question"), said(one, "answer")) for one in Question.objects.public()]
    context = {
        "questions": shown,
        "lead": texts("faq-lead")["faq-lead"],
        "linked": linked(of_questions(shown)) if shown else "",
    }
    return render_public(request, "public/questions.html", context, page="faq")


class NewsFeed(Atom1Feed):
    """With the whole text of each piece, beside its summary."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def public_news(moment: datetime) -> Any:
    return NewsItem.objects.public(moment).select_related("site").defer("site__vector")


@require_safe
@without_cookies
def news(request: HttpRequest) -> HttpResponse:
    page = Paginator(public_news(timezone.now()), ON_A_PAGE).get_page(request.GET.get("page"))
    return render_public(request, "public/news.html", {"page": page}, page="news")


@require_safe
@without_cookies
def news_item(request: HttpRequest, pk: int, title: str) -> HttpResponse:
    item = public_news(timezone.now()).filter(pk=pk).first()
    if item is None:
        raise Http404
    if title != news_slug(item):
        return redirect("public_news_item", pk, news_slug(item), permanent=True)
    context = {
        "item": item,
        "title": said(item, "title"),
        "summary": said(item, "summary"),
        "body": said(item, "body"),
        "linked": linked(of_news(item, settings.PUBLIC_URL + request.path, Network.current())),
    }
    return render_public(request, "public/news_item.html", context, page="news")


@require_safe
@without_cookies
def feed(request: HttpRequest) -> HttpResponse:
    """The latest news in the language of the address."""
    network = Network.current()
    atom = NewsFeed(
        title=_("%(network)s: news") % {"network": network},
        link=settings.PUBLIC_URL + reverse("public_news"),
        feed_url=settings.PUBLIC_URL + request.path,
        description=network.tagline,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    for item in public_news(timezone.now())[:IN_THE_FEED]:
        atom.add_item(
            title=writable(str(said(item, "title"))),
            link=settings.PUBLIC_URL + news_address(item),
            description=writable(str(said(item, "summary"))) or None,  # type: ignore[arg-type]
            language=said(item, "body").language,
            unique_id=f"{settings.PUBLIC_URL}/news/{item.pk}",
            pubdate=item.published_at,
            updateddate=max(item.changed_at, item.published_at),  # type: ignore[type-var]
            author_name=str(network),
            content=writable(str(to_html(str(said(item, "body")), below=2))),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
