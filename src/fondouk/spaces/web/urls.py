"""Addresses of spaces."""

from django.urls import path

from .views import closures, drawing, editing, inventory, layouts, plan, space

urlpatterns = [
    path("spaces/", inventory.space_list, name="spaces"),
    path("spaces/export/<str:form>/", inventory.export, name="spaces_export"),
    path("spaces/plan/", plan.page, name="floor_plan"),
    path("spaces/plan/<int:pk>/edit/", drawing.edit, name="floor_plan_edit"),
    path("spaces/plan/<int:pk>/size/", drawing.resize, name="floor_plan_size"),
    path("spaces/plan/<int:pk>/import/", drawing.import_svg, name="floor_plan_import"),
    path("spaces/new/", editing.create, name="space_new"),
    path("spaces/closures/", closures.closure_list, name="closures"),
    path("spaces/closures/new/", closures.create, name="closure_new"),
    path("spaces/closures/<int:pk>/", closures.page, name="closure"),
    path("spaces/closures/<int:pk>/lifting/", closures.lift, name="closure_lifting"),
    path("spaces/closures/<int:pk>/reinstatement/", closures.reinstate, name="closure_reinstatement"),
    path("spaces/layouts/", layouts.layout_list, name="layouts"),
    path("spaces/layouts/new/", layouts.create, name="layout_new"),
    path("spaces/layouts/<int:pk>/", layouts.page, name="layout"),
    path("spaces/layouts/<int:pk>/return/", layouts.return_to_old, name="layout_return"),
    path("spaces/<int:pk>/", space.page, name="space"),
    path("spaces/<int:pk>/edition/", editing.edit, name="space_edit"),
    path("spaces/<int:pk>/rates/", editing.rate, name="space_rate_new"),
    path("spaces/<int:pk>/withdrawal/", editing.withdraw, name="space_withdrawal"),
    path("spaces/<int:pk>/return/", editing.put_back, name="space_return"),
]
