"""Text as the staff write it, as a page shows it: CommonMark, without HTML of one's own and without images."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
"""A picture would be a resource from outside, or one that nobody describes."""


def to_html(text: str, *, below: int = 1) -> SafeString:
    """Headings begin under level `below`, that of the page's own. Links that run scripts are left as text."""
    tokens = READER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + below)}"
        for inner in token.children or []:
            if inner.type == "link_open":
                inner.attrSet("rel", "noopener")
    return mark_safe(READER.renderer.render(tokens, READER.options, {}))  # noqa: S308 - the reader escapes HTML
