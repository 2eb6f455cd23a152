"""Addresses of spaces."""

from django.urls import path

from .views import editing, inventory, space

urlpatterns = [
    path("spaces/", inventory.space_list, name="spaces"),
    path("spaces/export/<str:form>/", inventory.export, name="spaces_export"),
    path("spaces/new/", editing.create, name="space_new"),
    path("spaces/<int:pk>/", space.page, name="space"),
    path("spaces/<int:pk>/edition/", editing.edit, name="space_edit"),
    path("spaces/<int:pk>/rates/", editing.rate, name="space_rate_new"),
    path("spaces/<int:pk>/withdrawal/", editing.withdraw, name="space_withdrawal"),
    path("spaces/<int:pk>/return/", editing.put_back, name="space_return"),
]
