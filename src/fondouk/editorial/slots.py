"""The places of the public site whose text the park may write: each has a key, and what stands there until somebody does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LINE, PARAGRAPHS = 160, 6000


@dataclass(frozen=True)
class Slot:
    """`is_long`: paragraphs in Markdown; else a line. `instead`: what the page says where nothing is written."""

    key: str
    label: Any
    where: Any
    instead: Any
    is_long: bool = False

    @property
    def longest(self) -> int:
        return PARAGRAPHS if self.is_long else LINE


SLOTS: dict[str, Slot] = {
    slot.key: slot
    for slot in (
        Slot(
            "home-headline",
            _("Headline of the home page"),
            _("The large line at the top. Short: a dozen words."),
            _("The slogan of the network, from its settings."),
        ),
        Slot(
            "home-lead",
            _("Sentence under the headline"),
            _("One sentence that says what the park is."),
            _("A sentence with the cities of the open sites."),
        ),
        Slot(
            "home-about",
            _("About the park"),
            _("Between the key figures and the sites on the home page."),
            _("Nothing."),
            is_long=True,
        ),
        Slot(
            "visit-lead",
            _("Before the form for visits"),
            _("What a visit is like, how long it takes, who may come."),
            _("A sentence that says when somebody answers."),
            is_long=True,
        ),
        Slot(
            "faq-lead",
            _("Before the questions"),
            _("A sentence above the frequent questions."),
            _("Nothing."),
        ),
        Slot(
            "legal-more",
            _("Legal notice: more"),
            _("Under who runs the sites: publisher, hosting of the site, terms of use."),
            _("Nothing."),
            is_long=True,
        ),
    )
}
