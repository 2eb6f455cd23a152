"""Addresses for visitors, under a language."""

from django.urls import path

from .views import companies, home, legal, site

urlpatterns = [
    path("", home.home, name="public_home"),
    path("parc/<slug:code>/", site.site_page, name="public_site"),
    path("directory/", companies.directory, name="public_companies"),
    path("legal/", legal.legal_page, name="public_legal"),
]
