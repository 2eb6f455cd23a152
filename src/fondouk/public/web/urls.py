"""Addresses for visitors, under a language."""

from django.urls import path

from .views import companies, editorial, home, impact, legal, site, visit

urlpatterns = [
    path("", home.home, name="public_home"),
    path("parc/<slug:code>/", site.site_page, name="public_site"),
    path("directory/", companies.directory, name="public_companies"),
    path("directory/<int:pk>/<slug:name>/", companies.company_page, name="public_company"),
    path("impact/", impact.impact, name="public_impact"),
    path("impact/<int:year>/", impact.impact, name="public_impact_year"),
    path("impact/<int:year>/<slug:form>/", impact.paper, name="public_impact_paper"),
    path("faq/", editorial.questions, name="public_questions"),
    path("news/", editorial.news, name="public_news"),
    path("news/feed.atom", editorial.feed, name="public_feed"),
    path("news/<int:pk>/<slug:title>/", editorial.news_item, name="public_news_item"),
    path("visit/", visit.visit, name="public_visit"),
    path("visit/<str:token>/", visit.asked, name="public_request"),
    path("visit/<str:token>/withdrawal/", visit.withdrawal, name="public_request_withdrawal"),
    path("visit/<str:token>/resumption/", visit.resumption, name="public_request_resumption"),
    path("visit/<str:token>/visit.ics", visit.calendar, name="public_request_calendar"),
    path("legal/", legal.legal_page, name="public_legal"),
]
