"""Addresses of mail."""

from django.urls import path

from .views import outbox

urlpatterns = [
    path("outbox/", outbox.message_list, name="outbox"),
    path("outbox/kept/dispatch/", outbox.dispatch_kept, name="outbox_dispatch"),
    path("outbox/<int:pk>/", outbox.message_page, name="message"),
    path("outbox/<int:pk>/dispatch/", outbox.dispatch, name="message_dispatch"),
]
