"""Addresses of credits, for the staff."""

from django.urls import path

from .views import credits

urlpatterns = [
    path("companies/<int:pk>/credits/", credits.page, name="company_credits"),
    path("companies/<int:pk>/credits/export/<str:form>/", credits.export, name="company_credits_export"),
    path("companies/<int:pk>/credits/new/", credits.create, name="company_credits_new"),
    path("credits/<int:pk>/adjustment/", credits.adjustment, name="credits_adjustment"),
]
