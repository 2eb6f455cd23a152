"""Addresses of mail."""

urlpatterns: list = []
