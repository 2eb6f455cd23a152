"""A year's figures, from the letter to the chart."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from fondouk.jobs.actions import run_job
from fondouk.jobs.models import Job
from fondouk.mail.models import Message
from tests.factories import (
    CompanyFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SiteFactory,
    staff,
)

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_letter_to_the_chart(visit: Callable[..., Visitor]) -> None:
    last_year = timezone.localdate().year - 1
    site = SiteFactory(city="Casablanca")
    for number, name in enumerate(("Alif", "Ba")):
        company = CompanyFactory(name=name)
        ResidencyFactory(company=company, site=site, period=(date(2018, 1, 1), None))
        person = PersonFactory(name=f"Head of {name}")
        person.emails.all().delete()
        person.emails.create(address=f"head{number}@x.example", is_main=True)
        MembershipFactory(company=company, person=person, role="owner", period=(date(2018, 1, 1), None))
    direction = visit(staff("direction"))
    page = direction.page
    direction.go("/fr/companies/campaigns/new/")
    assert direction.axe() == []
    page.click("button:has-text('Ouvrir et écrire')")
    page.wait_for_url("**/companies/campaigns/*/")
    for job in Job.objects.unfinished():
        run_job(job.pk)
    letter = Message.objects.get(to="head0@x.example")
    path = re.search(r"https?://[^/]+(/\S+)", letter.text).group(1)  # type: ignore[union-attr]

    owner = visit().look(width=390)
    owner.go(path)
    assert owner.axe() == []
    assert not owner.scrolls_sideways()
    owner.page.focus("[name=headcount]")
    for value in ("12", "5", "9", "2 400 000", "300 000"):
        owner.page.keyboard.type(value)
        owner.page.keyboard.press("Tab")
    owner.page.keyboard.press("Tab")
    owner.page.keyboard.press("Enter")
    owner.page.wait_for_url("**?done")
    assert "Merci" in owner.page.inner_text("h1")

    direction.go(page.url.replace(direction.base, ""))
    assert page.locator("progress").first.get_attribute("value") == "1"
    assert direction.axe() == []
    direction.go(f"/fr/figures/?year={last_year}")
    assert "12" in page.inner_text("#figures")
    chart = page.locator(".fk-chart", has_text="Effectif")
    assert chart.locator("svg.marks text", has_text="12").count()
    chart.locator("summary").click()
    assert "12" in chart.locator("table").inner_text()
    assert direction.axe() == []
    page.click("text=Par entreprise >> nth=1")
    page.wait_for_url("**/figures/records/headcount/**")
    assert "Alif" in page.inner_text("tbody")


def test_a_year_is_seen_before_it_is_published(visit: Callable[..., Visitor]) -> None:
    last_year = timezone.localdate().year - 1
    site = SiteFactory(city="Casablanca")
    for number in range(5):
        ResidencyFactory(
            company=CompanyFactory(name=f"Société {number}"), site=site, period=(date(2018, 1, 1), None)
        )
    direction = visit(staff("direction")).look(width=390)
    page = direction.page
    direction.go("/fr/figures/editions/new/")
    page.select_option("[name=year]", str(last_year))
    page.click("form[method=get] button[type=submit]")
    page.wait_for_url(f"**/editions/new/?year={last_year}")
    assert direction.axe() == []
    assert not direction.scrolls_sideways()
    # On a phone the tables go on beyond their card, and fade there.
    assert page.locator(".fk-scroll.has-more").count()
    page.fill("[name=note]", "Bonne lecture")
    page.click("button:has-text('Publier')")
    page.wait_for_url(re.compile(r"/editions/\d+/$"))
    assert "Bonne lecture" in page.inner_text("main")
    assert direction.axe() == []
