from django.urls import path

from fondouk.ui.web.views import gallery

app_name = "ui"
urlpatterns = [path("kit/", gallery, name="kit")]
