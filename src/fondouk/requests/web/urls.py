"""Addresses of requests, for the staff."""

from django.urls import path

from .views import categories, handling, listing, making, page

urlpatterns = [
    path("requests/", listing.request_list, name="requests"),
    path("requests/export/<str:form>/", listing.export, name="requests_export"),
    path("requests/new/", making.create, name="request_new"),
    path("requests/categories/", categories.category_list, name="request_categories"),
    path("requests/categories/new/", categories.edit, name="request_category_new"),
    path("requests/categories/<int:pk>/", categories.edit, name="request_category"),
    path("requests/<int:pk>/", page.page, name="request"),
    path("requests/<int:pk>/answer/", handling.answer, name="request_answer"),
    path("requests/<int:pk>/assignment/", handling.assignment, name="request_assignment"),
]
