"""Addresses of spaces."""

urlpatterns: list = []
