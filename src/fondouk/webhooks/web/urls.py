"""Addresses of webhooks."""

from django.urls import path

from .views import deliveries, endpoints

urlpatterns = [
    path("webhooks/", endpoints.endpoint_list, name="webhooks"),
    path("webhooks/new/", endpoints.edit, name="webhook_new"),
    path("webhooks/<int:pk>/", endpoints.page, name="endpoint"),
    path("webhooks/<int:pk>/edit/", endpoints.edit, name="webhook_edit"),
    path("webhooks/<int:pk>/secret/", endpoints.rotate, name="webhook_secret"),
    path("webhooks/<int:pk>/switch/", endpoints.turn, name="webhook_switch"),
    path("webhooks/<int:pk>/removal/", endpoints.remove, name="webhook_removal"),
    path("webhooks/<int:pk>/test/", deliveries.test, name="webhook_test"),
    path("webhooks/<int:pk>/repetition/", deliveries.repeat_failed, name="webhook_repetition"),
    path("webhooks/deliveries/<int:pk>/", deliveries.page, name="webhook_delivery"),
    path("webhooks/deliveries/<int:pk>/repetition/", deliveries.repeat, name="webhook_delivery_repetition"),
]
