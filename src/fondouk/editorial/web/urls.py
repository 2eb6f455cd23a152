"""Addresses of those who write the public site."""

from django.urls import path

from .views import news, questions, texts

urlpatterns = [
    path("publishing/", texts.text_list, name="editorial"),
    path("publishing/texts/<slug:key>/", texts.text, name="editorial_text"),
    path(
        "publishing/texts/<slug:key>/versions/<int:version>/", texts.restoration, name="editorial_restoration"
    ),
    path("publishing/questions/", questions.question_list, name="questions"),
    path("publishing/questions/new/", questions.write, name="question_new"),
    path("publishing/questions/<int:pk>/", questions.write, name="question"),
    path("publishing/questions/<int:pk>/place/", questions.place, name="question_place"),
    path("publishing/questions/<int:pk>/publication/", questions.publication, name="question_publication"),
    path("publishing/questions/<int:pk>/removal/", questions.removal, name="question_removal"),
    path("publishing/news/", news.news_list, name="news"),
    path("publishing/news/new/", news.write, name="newsitem_new"),
    path("publishing/news/<int:pk>/", news.write, name="newsitem"),
    path("publishing/news/<int:pk>/withdrawal/", news.withdrawal, name="newsitem_withdrawal"),
    path("publishing/news/<int:pk>/removal/", news.removal, name="newsitem_removal"),
]
