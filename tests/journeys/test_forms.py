"""What somebody typed: kept for them, shown to nobody else, and sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fondouk.companies.models import CompanyNote
from tests.factories import hosted_company, staff

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOTE = "textarea[name=text]"


def typed(visitor: Visitor, address: str, text: str) -> Any:
    visitor.go(address)
    visitor.page.fill(NOTE, text)
    visitor.page.wait_for_timeout(600)  # drafts are written a moment after the last key
    return visitor.page


def test_a_draft_is_kept_for_whoever_typed_it_and_forgotten_at_sign_out(
    visit: Callable[..., Visitor],
) -> None:
    address = f"/fr/companies/{hosted_company().pk}/activity/"
    mine, theirs = staff("direction"), staff("direction")
    visitor = visit(mine)
    typed(visitor, address, "CONFIDENTIEL")
    visitor.go(address)
    assert visitor.page.input_value(NOTE) == "CONFIDENTIEL"

    # The session ran out, and a colleague signs in at the same desk.
    visitor.context.clear_cookies()
    visitor.sign_in(theirs).go(address)
    assert visitor.page.input_value(NOTE) == ""
    visitor.context.clear_cookies()
    visitor.sign_in(mine).go(address)
    assert visitor.page.input_value(NOTE) == "CONFIDENTIEL"

    with visitor.page.expect_navigation():
        visitor.page.evaluate("document.querySelector('form[data-forget-drafts]').requestSubmit()")
    assert (
        visitor.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft')).length") == 0
    )


def test_pressing_twice_sends_once(visit: Callable[..., Visitor]) -> None:
    visitor = visit(staff("direction"))
    page = typed(visitor, f"/fr/companies/{hosted_company().pk}/activity/", "Vu lundi.")
    with page.expect_navigation():
        page.evaluate(f"""() => {{
            const button = document.querySelector("{NOTE}").form.querySelector("[type=submit]")
            button.click(); button.click(); button.click()
        }}""")
    assert CompanyNote.objects.count() == 1
