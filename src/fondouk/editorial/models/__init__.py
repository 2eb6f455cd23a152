"""What the park says on its public site: texts, questions, news; each in three languages."""

from .news import NewsItem
from .question import Question
from .text import Text
from .words import LANGUAGES, Said, said

__all__ = ["LANGUAGES", "NewsItem", "Question", "Said", "Text", "said"]
