"""The one address without a language that people type."""

from django.urls import path

from .views.entrance import choose_language

urlpatterns = [path("", choose_language, name="root")]
