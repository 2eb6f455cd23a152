"""The project's addresses with those for search engines."""

from django.urls import include, path

from fondouk.project.urls import urlpatterns as known

urlpatterns = [path("", include("fondouk.public.web.root")), *known]
