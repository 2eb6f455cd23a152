"""`{% url "route" record.pk %}` of a list's rows, through `lib.addresses`; every other `{% url %}` is Django's own."""

from __future__ import annotations

from typing import Any

from django.template import Context, Node
from django.template.base import VariableDoesNotExist
from django.template.defaulttags import URLNode, url

from fondouk.lib.addresses import is_plain, record_address


class RecordURL(Node):
    """An `URLNode` of a route named in the template, with keys in their order."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node = node
        self.route: str = node.view_name.var

    def render(self, context: Context) -> str:
        try:
            keys = [key.resolve(context) for key in self.node.args]
        except VariableDoesNotExist:
            keys = [None]
        if all(is_plain(key) for key in keys):
            return record_address(self.route, *keys)
        return self.node.render(context)


def addressed(parser: Any, token: Any) -> Node:
    node: URLNode = url(parser, token)
    expression = node.view_name
    is_literal = not expression.is_var and isinstance(expression.var, str) and not expression.filters
    return RecordURL(node) if is_literal and node.args and not node.kwargs and not node.asvar else node
