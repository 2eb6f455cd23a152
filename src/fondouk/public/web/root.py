"""Addresses for search engines, outside languages."""

from django.urls import path

from .views import engines

urlpatterns = [
    path("robots.txt", engines.robots, name="robots"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
]
