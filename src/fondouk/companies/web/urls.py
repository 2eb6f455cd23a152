"""Addresses of companies."""

urlpatterns: list = []
