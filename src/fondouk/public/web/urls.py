"""Addresses for visitors, under a language."""

from django.urls import path

from .views import companies, home, impact, legal, site

urlpatterns = [
    path("", home.home, name="public_home"),
    path("parc/<slug:code>/", site.site_page, name="public_site"),
    path("directory/", companies.directory, name="public_companies"),
    path("directory/<int:pk>/<slug:name>/", companies.company_page, name="public_company"),
    path("impact/", impact.impact, name="public_impact"),
    path("impact/<int:year>/", impact.impact, name="public_impact_year"),
    path("impact/<int:year>/<slug:form>/", impact.paper, name="public_impact_paper"),
    path("legal/", legal.legal_page, name="public_legal"),
]
