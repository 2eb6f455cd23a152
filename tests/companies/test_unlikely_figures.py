"""A figure far from the year before is asked about once, and taken when it is meant: one slip would move all totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fondouk.companies.forms import FiguresForm

KNOWN = {"headcount": Decimal(12), "turnover": Decimal(3_000_000)}


def form(before: dict[str, Decimal], **sent: str) -> FiguresForm:
    made = FiguresForm(sent, known={}, before=before)
    made.is_valid()
    return made


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"headcount": "14"}, set()),
        ({"headcount": "37"}, set()),  # three times, and yet 25 more
        ({"headcount": "100000"}, {"headcount"}),
        ({"headcount": "60"}, {"headcount"}),
        ({"turnover": "3 100 000 000"}, {"turnover"}),
        ({"turnover": "4 000 000"}, set()),
        ({"turnover": "0"}, {"turnover"}),
    ],
)
def test_what_is_far_from_the_year_before_is_asked_about(sent: Any, asked: set[str]) -> None:
    first = form(KNOWN, **sent)
    assert set(first.errors) == asked
    assert (first.question is not None) == bool(asked)
    assert form(KNOWN, **sent, sure="on").is_valid()


def test_without_a_year_before_only_what_is_enormous_is(db: None) -> None:
    assert form({}, headcount="400").is_valid()
    assert set(form({}, headcount="4000").errors) == {"headcount"}


def test_what_is_wrong_is_told_first_and_nothing_of_the_question_is_declared() -> None:
    assert set(form(KNOWN, headcount="100000", women="200000").errors) == {"women"}
    assert set(form(KNOWN, headcount="100000", sure="on").values) == {"headcount"}
