"""The first day of a park: its own network from its own workbook, from sign-in to undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fondouk.companies.models import Company
from fondouk.jobs.actions import run_job
from fondouk.jobs.models import Job
from fondouk.people.actions import setup_secret
from tests.factories import staff
from tests.factories.people import PASSWORD

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BOOK = Path(__file__).resolve().parents[1] / "data" / "hub-workbook.xlsx"


def work(page: Any) -> None:
    """What the worker does, once the button's request has arrived: every job that waits."""
    for _moment in range(100):
        if Job.objects.unfinished().exists():
            break
        page.wait_for_timeout(100)
    for job in Job.objects.unfinished().order_by("created_at"):
        run_job(job.pk)


def test_a_new_installation_is_set_up_by_its_link(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.go(f"/fr/setup/{setup_secret()}/")
    page = visitor.page
    assert visitor.axe() == []
    for name, value in (
        ("network", "Parc de démonstration"),
        ("name", "Salma Idrissi"),
        ("email", "salma@example.com"),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ):
        page.fill(f"[name={name}]", value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    assert page.locator("h1").inner_text().startswith("Aujourd")
    visitor.page.goto(visitor.base + f"/fr/setup/{setup_secret()}/")
    assert page.locator("[name=password1]").count() == 0


def test_somebody_signs_in_and_out(visit: Callable[..., Visitor]) -> None:
    account = staff("direction")
    visitor = visit()
    visitor.go("/fr/companies/")
    page = visitor.page
    page.fill("[name=login]", account.email)
    page.fill("[name=password]", "pas le bon mot")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert], .fk-errors, .fk-alert")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/companies/")
    page.locator(".fk-account > summary").click()
    with page.expect_navigation():
        page.locator(".fk-account button[type=submit]").click()
    visitor.go("/fr/companies/")
    assert page.locator("[name=login]").count() == 1


def test_a_workbook_becomes_a_network_and_is_undone(visit: Callable[..., Visitor]) -> None:
    visitor = visit(staff("administrator"))
    page = visitor.page
    visitor.go("/fr/imports/new/")
    page.set_input_files("input[type=file]", BOOK)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/imports/*/")
    work(page)
    page.reload()
    assert visitor.axe() == []
    page.locator("main a[href*='show=refused']").click()
    page.wait_for_url("**show=refused**")
    assert "Tanit Link" in page.content(), "a refused row is shown with its name"
    assert page.locator("form[action*=confirmation]").count() == 0, "refused rows must be left out knowingly"
    page.check("#leave-out")
    page.wait_for_selector("form[action*=confirmation]")
    page.locator("form[action*=confirmation] button[type=submit]").click()
    work(page)
    page.reload()
    assert Company.objects.count() == 54

    visitor.go("/fr/companies/?status=hosted&site=")
    assert page.locator("tbody tr").count() == 50, "the first page of 53"

    visitor.go("/fr/imports/")
    page.locator("main a", has_text="hub-workbook").first.click()
    page.wait_for_selector("form[action*=undo]")
    page.locator("form[action*=undo] button[type=submit]").first.click()
    work(page)
    assert Company.objects.count() == 0
