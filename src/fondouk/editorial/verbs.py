"""What the audit says of the public site."""

from django.utils.translation import gettext_lazy as _

from fondouk.audit.verbs import register

TEXT_CHANGED = register("editorial.text_changed", _("Text of the public site changed"), icon="world")
QUESTION_SAVED = register("editorial.question_saved", _("Frequent question saved"), icon="help-circle")
QUESTION_PUBLISHED = register(
    "editorial.question_published", _("Frequent question published"), icon="help-circle"
)
QUESTION_WITHDRAWN = register(
    "editorial.question_withdrawn", _("Frequent question withdrawn"), icon="help-circle"
)
QUESTION_REMOVED = register(
    "editorial.question_removed", _("Frequent question removed: %(title)s"), icon="trash"
)
NEWS_SAVED = register("editorial.news_saved", _("News saved"), icon="news")
NEWS_PUBLISHED = register("editorial.news_published", _("News public from %(on)s"), icon="news")
NEWS_WITHDRAWN = register("editorial.news_withdrawn", _("News withdrawn"), icon="news-off")
NEWS_REMOVED = register("editorial.news_removed", _("News removed: %(title)s"), icon="trash")
