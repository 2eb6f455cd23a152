"""Addresses that say what they lead to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import slugify

from fondouk.companies.models import Company
from fondouk.editorial.models import NewsItem, said


def company_slug(company: Company) -> str:
    """The name as an address may hold it; "company" for one in no Latin letter."""
    return slugify(company.name)[:60] or "company"


def company_address(company: Company) -> str:
    return reverse("public_company", args=[company.pk, company_slug(company)])


def news_slug(item: NewsItem) -> str:
    """Of the title in the language of the address; "news" for one in no Latin letter."""
    return slugify(str(said(item, "title")))[:60] or "news"


def news_address(item: NewsItem) -> str:
    return reverse("public_news_item", args=[item.pk, news_slug(item)])
