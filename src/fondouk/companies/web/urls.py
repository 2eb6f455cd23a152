"""Addresses of companies."""

from django.urls import path

from .views import (
    answering,
    campaigns,
    companies,
    company,
    documents,
    figures,
    merging,
    records,
    residencies,
    sectors,
    stewards,
    team,
)

urlpatterns = [
    path("companies/", companies.company_list, name="companies"),
    path("companies/export/<str:form>/", companies.export, name="companies_export"),
    path("companies/filters/", companies.save_filter, name="company_filters"),
    path("companies/filters/<int:pk>/removal/", companies.remove_filter, name="company_filter_removal"),
    path("companies/new/", records.create, name="company_new"),
    path("companies/stewards/", stewards.assign_many, name="company_stewards"),
    path("companies/campaigns/", campaigns.campaign_list, name="campaigns"),
    path("companies/campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("companies/campaigns/<int:pk>/", campaigns.campaign_page, name="campaign"),
    path("companies/campaigns/<int:pk>/export/<slug:form>/", campaigns.export, name="campaign_export"),
    path("companies/campaigns/<int:pk>/reminders/", campaigns.reminders, name="campaign_reminders"),
    path("companies/campaigns/<int:pk>/reminders/<int:asked>/", campaigns.reminder, name="campaign_reminder"),
    path("companies/campaigns/<int:pk>/closing/", campaigns.closing, name="campaign_closing"),
    path("companies/campaigns/<int:pk>/reopening/", campaigns.reopening, name="campaign_reopening"),
    path("figures-asked/<str:token>/", answering.answer, name="figures_answer"),
    path("companies/<int:pk>/", company.page, name="company"),
    path("companies/<int:pk>/edition/", records.edit, name="company_edit"),
    path("companies/<int:pk>/identity/", records.identity, name="company_identity"),
    path("companies/<int:pk>/members/", team.add, name="company_member_new"),
    path("companies/<int:pk>/members/<int:member>/end/", team.end, name="company_member_end"),
    path("companies/<int:pk>/members/<int:member>/", team.change, name="company_member"),
    path("companies/<int:pk>/members/return/<str:signed>/", team.come_back, name="company_member_return"),
    path("companies/<int:pk>/figures/<int:year>/", figures.declare, name="company_figures"),
    path("companies/<int:pk>/residencies/", residencies.add, name="company_residency_new"),
    path(
        "companies/<int:pk>/residencies/<int:residency>/end/", residencies.end, name="company_residency_end"
    ),
    path("companies/<int:pk>/residencies/<int:residency>/", residencies.change, name="company_residency"),
    path(
        "companies/<int:pk>/residencies/<int:residency>/removal/",
        residencies.remove,
        name="company_residency_removal",
    ),
    path("companies/<int:pk>/notes/", documents.write, name="company_note_new"),
    path("companies/<int:pk>/documents/new/", documents.add, name="company_document_new"),
    path("companies/<int:pk>/documents/<int:document>/", documents.change, name="company_document"),
    path(
        "companies/<int:pk>/documents/<int:document>/removal/",
        documents.remove,
        name="company_document_removal",
    ),
    path("companies/<int:pk>/merge/", merging.merge, name="company_merge"),
    path("companies/merges/<int:pk>/undo/", merging.undo, name="company_merge_undo"),
    path("companies/<int:pk>/<slug:tab>/", company.page, name="company_tab"),
    path("sectors/", sectors.sector_list, name="sectors"),
    path("sectors/<slug:code>/synonyms/", sectors.add_synonym, name="sector_synonym_new"),
    path("sectors/synonyms/<int:pk>/removal/", sectors.remove_synonym, name="sector_synonym_removal"),
]
