"""Addresses of openings: each is a part of its site."""

from django.urls import path

from .views import openings, steps

urlpatterns = [
    path("sites/<slug:code>/opening/", openings.page, name="opening"),
    path("sites/<slug:code>/opening/plan/", openings.plan, name="opening_plan"),
    path("sites/<slug:code>/opening/day/", openings.day, name="opening_day"),
    path("sites/<slug:code>/opening/removal/", openings.removal, name="opening_removal"),
    path("sites/<slug:code>/opening/capacity/", openings.capacity, name="opening_capacity"),
    path("sites/<slug:code>/opening/assumptions/", openings.assumptions, name="opening_assumptions"),
    path("sites/<slug:code>/opening/simulation/<str:form>/", openings.export, name="opening_export"),
    path("sites/<slug:code>/opening/steps/new/", steps.write, name="opening_step_new"),
    path("sites/<slug:code>/opening/steps/<int:pk>/", steps.write, name="opening_step"),
    path("sites/<slug:code>/opening/steps/<int:pk>/doing/", steps.doing, name="opening_step_doing"),
    path("sites/<slug:code>/opening/steps/<int:pk>/removal/", steps.removal, name="opening_step_removal"),
]
