"""Addresses of contracts."""

from django.urls import path

from .views import contracts

urlpatterns = [
    path("contracts/", contracts.contract_list, name="contracts"),
    path("contracts/export/<str:form>/", contracts.export, name="contracts_export"),
    path("contracts/<int:pk>/", contracts.page, name="contract"),
]
