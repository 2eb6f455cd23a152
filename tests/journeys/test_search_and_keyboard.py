"""By keyboard alone: the palette finds records, the shortcuts are listed, the filter takes the focus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from fondouk.companies.actions import assign_stage
from fondouk.openings.actions import plan_opening
from fondouk.todos.models import Note
from tests.factories import SiteFactory, hosted_company, staff

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_palette_finds_a_company_whatever_its_accents(visit: Callable[..., Visitor]) -> None:
    company = hosted_company(name="Riwaq Santé")
    visitor = visit(staff("direction"))
    visitor.go("/fr/today/")
    visitor.page.keyboard.press("Control+k")
    visitor.page.keyboard.type("sante")
    visitor.page.wait_for_selector("[role=option]")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"**/companies/{company.pk}/")
    assert "Riwaq Santé" in visitor.page.inner_text("h1")


def test_a_slash_leads_to_the_filter_of_a_list(visit: Callable[..., Visitor]) -> None:
    hosted_company(name="Khettara")
    hosted_company(name="Zerbia Studio")
    visitor = visit(staff("direction"))
    visitor.go("/fr/companies/")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("khett")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**q=khett**")
    assert visitor.page.locator("tbody tr").count() == 1
    assert "Khettara" in visitor.page.inner_text("tbody")


def test_a_filter_is_chosen_with_the_arrows_and_keeps_the_focus(visit: Callable[..., Visitor]) -> None:
    hosted_company(name="Khettara")
    visitor = visit(staff("direction"))
    visitor.go("/fr/companies/")
    visitor.page.focus("select[name=status]")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    assert "status" not in visitor.page.url
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**status=expected**")
    assert visitor.page.evaluate("document.activeElement.name") == "status"


def test_after_an_action_the_keyboard_goes_on_in_the_same_row(visit: Callable[..., Visitor]) -> None:
    site = SiteFactory(phase="planned")
    plan_opening(site, timezone.localdate() + timedelta(days=700), by=None)
    visitor = visit(staff("direction"))
    visitor.go(f"/fr/sites/{site.code}/opening/")
    row = visitor.page.locator("#steps tbody tr").nth(2)
    name = row.locator("th a").inner_text()
    row.locator("th a").focus()
    visitor.page.keyboard.press("Tab")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("name => document.activeElement.innerText === name", arg=name)


def test_a_question_mark_lists_the_shortcuts(visit: Callable[..., Visitor]) -> None:
    visitor = visit(staff("direction"))
    visitor.go("/fr/today/")
    visitor.page.keyboard.press("?")
    assert visitor.page.locator("dialog[open]").count() == 1
    visitor.page.keyboard.press("Escape")
    assert visitor.page.locator("dialog[open]").count() == 0


def test_changing_the_language_stays_on_the_page(visit: Callable[..., Visitor]) -> None:
    company = hosted_company(name="Khettara")
    visitor = visit(staff("direction"))
    visitor.go(f"/fr/companies/{company.pk}/team/")
    visitor.page.locator("header a[hreflang=ar]").first.click()
    visitor.page.wait_for_url(f"**/ar/companies/{company.pk}/team/")
    assert visitor.page.get_attribute("html", "dir") == "rtl"
    assert visitor.page.get_attribute("html", "lang") == "ar"


def test_a_card_of_the_board_is_dragged_to_another_lane_and_its_filters_answer_the_mouse(
    visit: Callable[..., Visitor],
) -> None:
    company = hosted_company(name="Khettara")
    assign_stage(company, "idea", by=None)
    visitor = visit(staff("direction"))
    visitor.go("/fr/companies/board/?status=hosted")
    page = visitor.page
    with page.expect_navigation():
        page.drag_and_drop(".fk-lane-card:has-text('Khettara')", "[data-lane=growth]")
    assert company.stage_assignments.latest("pk").stage == "growth"
    assert "status=hosted" in page.url
    with page.expect_navigation():
        page.click("#toasts form button")
    assert "status=hosted" in page.url
    assert "Khettara" in page.inner_text("[data-lane=idea]")
    page.locator("a:has-text('Liste')").first.click()
    page.wait_for_url("**/fr/companies/?**")


def test_enter_in_a_dialog_presses_the_button_of_that_dialog(visit: Callable[..., Visitor]) -> None:
    hosted_company(name="Khettara")
    visitor = visit(staff("direction"))
    visitor.go("/fr/todo/")
    page = visitor.page
    page.locator("tbody [data-select]").first.check()
    page.click("button[data-dialog=put-off]")
    page.fill("#todo-until", f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}")
    with page.expect_navigation():
        page.press("#todo-until", "Enter")
    assert Note.objects.get().until == timezone.localdate() + timedelta(days=9)
