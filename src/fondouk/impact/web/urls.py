"""Addresses of the network's figures, for the staff."""

from django.urls import path

from .views import editions, figures, official, papers, stays

urlpatterns = [
    path("figures/", figures.figures, name="impact"),
    path("figures/stays/<slug:of>/", stays.stay_list, name="impact_stays"),
    path("figures/stays/<slug:of>/<slug:form>/", stays.stays_export, name="impact_stays_export"),
    path("figures/records/<slug:measure>/", figures.record_list, name="impact_records"),
    path("figures/records/<slug:measure>/<slug:form>/", papers.records_export, name="impact_records_export"),
    path("figures/report/<slug:form>/", papers.report_export, name="impact_report"),
    path("figures/official/", official.official_list, name="officials"),
    path("figures/official/new/", official.official_new, name="official_new"),
    path("figures/official/<int:pk>/correction/", official.official_correction, name="official_correction"),
    path("figures/editions/", editions.edition_list, name="editions"),
    path("figures/editions/new/", editions.edition_new, name="edition_new"),
    path("figures/editions/<int:pk>/", editions.edition_page, name="edition"),
    path("figures/editions/<int:pk>/withdrawal/", editions.withdrawal, name="edition_withdrawal"),
]
