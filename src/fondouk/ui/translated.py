"""What a template says that depends on the language alone: written once a language, not once a row or page.

`{% trans "…" %}` of a sentence that stands in the template, and `{% fixed %}…{% endfixed %}` round a part of a layout.

A list says the name of each column again in every row (they become labels on a phone); looking them up anew took a tenth
of its page. Catalogues do not change while a process runs.
"""

from __future__ import annotations

from typing import Any

from django.template import Context, Node, NodeList
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language


class Sentence(Node):
    """A `TranslateNode` without variables, and what it says in each language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.known: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        said = self.known.get(key)
        if said is None:
            said = self.known[key] = self.node.render(context)
        return said


def translated(parser: Any, token: Any) -> Node:
    node: TranslateNode = do_translate(parser, token)
    expression = node.filter_expression
    plain = expression.is_var and expression.var.literal is not None and not expression.filters
    return Sentence(node) if plain and not (node.asvar or node.noop or node.message_context) else node


class Fixed(Node):
    """A part that reads nothing of its page: the same on all pages of a language."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        written = self.known.get(language)
        if written is None:
            written = self.known[language] = self.nodelist.render(context)
        return written


def fixed(parser: Any, token: Any) -> Node:
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(nodelist)
