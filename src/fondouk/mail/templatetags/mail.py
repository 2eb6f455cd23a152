"""How a message looks: `{% load mail %}`."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.mail.queries import kind_label

register = template.Library()

TONES = {
    Delivery.WAITING: "neutral",
    Delivery.SENT: "ok",
    Delivery.RETRYING: "warn",
    Delivery.FAILED: "danger",
    Delivery.KEPT: "info",
    Delivery.FORGOTTEN: "neutral",
}
# icons: clock circle-check refresh alert-circle mailbox eraser
ICONS = {
    Delivery.WAITING: "clock",
    Delivery.SENT: "circle-check",
    Delivery.RETRYING: "refresh",
    Delivery.FAILED: "alert-circle",
    Delivery.KEPT: "mailbox",
    Delivery.FORGOTTEN: "eraser",
}


@register.filter
def delivery_tone(message: Message) -> str:
    return TONES[Delivery(message.delivery)]


@register.filter
def delivery_icon(message: Message) -> str:
    return ICONS[Delivery(message.delivery)]


@register.filter
def notice(message: Message) -> str:
    return kind_label(message.kind)


@register.filter
def direction(language: str) -> str:
    """Of a text in this language."""
    return "rtl" if language == "ar" else "ltr"


@register.filter
def message_text(text: str) -> SafeString:
    """A message as it reads: its line breaks, its addresses as links that keep their own direction."""
    linked = urlize(text.strip(), nofollow=True, autoescape=True).replace("<a ", '<a dir="ltr" ')
    return linebreaksbr(mark_safe(linked))  # noqa: S308 - `urlize` escapes
