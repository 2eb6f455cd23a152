"""Addresses of search."""

from django.urls import path

from .views import results

urlpatterns = [path("search/", results.search_page, name="search")]
