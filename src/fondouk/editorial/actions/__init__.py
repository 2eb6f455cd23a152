"""Writing the public site."""

from .news import publish_news, remove_news, save_news, withdraw_news
from .questions import move_question, publish_question, remove_question, save_question, withdraw_question
from .texts import restore_text, save_text

__all__ = [
    "move_question",
    "publish_news",
    "publish_question",
    "remove_news",
    "remove_question",
    "restore_text",
    "save_news",
    "save_question",
    "save_text",
    "withdraw_news",
    "withdraw_question",
]
