"""A campaign asks every company hosted in the year by a link of its own, and reminds whoever has not answered."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fondouk.companies import campaigns
from fondouk.companies.actions import (
    CampaignClosed,
    answer_request,
    close_campaign,
    declare_figures,
    merge_companies,
    open_campaign,
    reopen_campaign,
    write_request,
)
from fondouk.companies.actions.campaigns import remind_due
from fondouk.companies.models import Company, Figure, FigureCampaign, FigureRequest
from fondouk.jobs.models import Job
from fondouk.mail.models import Message
from tests.factories import (
    CompanyFactory,
    MembershipFactory,
    PersonFactory,
    ResidencyFactory,
    SiteFactory,
    hosted_company,
    staff,
)
from tests.threads import errors, together
from tests.visiting import errors_of, undo_of, visitor

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year - 1
DUE = timezone.localdate() + timedelta(days=30)


def hosted(name: str, *, email: str = "", owner: str = "", language: str = "fr") -> Company:
    company = CompanyFactory(name=name, email=email)
    ResidencyFactory(company=company, site=SiteFactory(), period=(date(2015, 1, 1), None))
    if owner:
        person = PersonFactory(name=f"Head of {name}", language=language)
        person.emails.all().delete()
        person.emails.create(address=owner, is_main=True)
        MembershipFactory(company=company, person=person, role="owner", period=(date(2015, 1, 1), None))
    return company


def opened(**values: Any) -> FigureCampaign:
    return open_campaign(FigureCampaign(**{"year": YEAR, "due_on": DUE, **values}), by=None)


def letter(to: str) -> Message:
    return Message.objects.filter(to=to).latest("pk")


def link(message: Message) -> str:
    return re.search(r"https?://[^/]+(/\S+/figures-asked/\S+)", message.text).group(1)  # type: ignore[union-attr]


def test_who_is_asked_and_where() -> None:
    hosted("Alif", email="contact@alif.example", owner="head@alif.example")
    hosted("Ba", email="contact@ba.example")
    hosted("Ta")
    gone = CompanyFactory(name="Jim", email="contact@jim.example")
    ResidencyFactory(company=gone, site=SiteFactory(), period=(date(2015, 1, 1), date(YEAR, 6, 1)))
    CompanyFactory(name="Dal", email="contact@dal.example").kinds.create(kind="fund", period=(None, None))
    campaign = opened()
    assert {one.company.name: (one.address, one.state) for one in campaign.requests.told()} == {
        "Alif": ("head@alif.example", "waiting"),
        "Ba": ("contact@ba.example", "waiting"),
        "Ta": ("", "unreachable"),
    }


def test_from_the_letter_to_the_figure(client: Client) -> None:
    company = hosted("Alif", owner="head@alif.example", language="ar")
    campaign = opened(note="Merci d’avance")
    request = campaign.requests.get()
    assert write_request(request)
    assert not write_request(request)  # not twice
    message = letter("head@alif.example")
    assert "Merci d’avance" in message.text
    assert "Alif" in message.subject
    address = link(message)
    assert address.startswith("/ar/")
    page = client.get(address)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert campaign.requests.told().get().state == "opened"
    wrong = client.post(address, {"headcount": "5", "women": "9"})
    assert wrong.status_code == 422
    assert "women" in errors_of(wrong)
    assert client.post(address, {"headcount": ""}).status_code == 422
    for exports in ({"exports": "10"}, {"turnover": "5", "exports": "10"}):
        assert "exports" in errors_of(client.post(address, {"headcount": "5", **exports}))
    right = client.post(address, {"headcount": "5", "women": "2", "turnover": "1 200 000,50"})
    assert right["Location"] == f"{address}?done"
    assert "Alif" in client.get(right["Location"]).content.decode()
    said = {figure.indicator: figure for figure in company.figures.standing()}
    assert said["turnover"].value == Decimal("1200000.50")
    assert said["headcount"].source == "declared"
    assert said["headcount"].declared_by == request.person
    assert campaign.requests.told().get().state == "answered"
    client.post(address, {"headcount": "6"})
    assert company.figures.standing().get(indicator="headcount").value == 6
    assert Figure.objects.count() == 4  # what was said first is kept


def test_a_link_of_our_own_making_only(client: Client) -> None:
    hosted("Alif", owner="head@alif.example")
    request = opened().requests.get()
    good = f"/fr/figures-asked/{request.token}/"
    assert client.get(good).status_code == 200
    pk, signature = request.token.split(".")
    for bad in (pk, f"{pk}.x", f"{int(pk) + 1}.{signature}", f".{signature}", "é.é", "1.2.3"):
        assert client.get(f"/fr/figures-asked/{bad}/").status_code == 404, bad


def test_closed_it_takes_nothing_and_says_so(client: Client) -> None:
    company = hosted("Alif", owner="head@alif.example")
    campaign = opened()
    request = campaign.requests.get()
    close_campaign(campaign, by=None)
    answer = client.post(f"/fr/figures-asked/{request.token}/", {"headcount": "5"})
    assert answer.status_code == 410
    with pytest.raises(CampaignClosed):
        answer_request(request, {"headcount": Decimal(5)})
    assert not company.figures.exists()
    reopen_campaign(campaign, by=None)
    assert client.post(f"/fr/figures-asked/{request.token}/", {"headcount": "5"}).status_code == 302


def test_said_another_way_counts_and_is_not_reminded() -> None:
    company = hosted("Alif", owner="head@alif.example")
    campaign = opened()
    declare_figures(company, year=YEAR, values={"headcount": Decimal(4)}, source="staff", by=None)
    assert campaign.requests.told().get().state == "said"
    assert not campaign.requests.unanswered().exists()


def test_reminders_go_to_whoever_has_not_answered_each_on_its_day() -> None:
    hosted("Alif", owner="head@alif.example")
    hosted("Ba", owner="head@ba.example")
    campaign = opened()
    for request in campaign.requests.all():
        write_request(request)
    answer_request(campaign.requests.get(company__name="Ba"), {"headcount": Decimal(3)})
    assert not write_request(campaign.requests.get(company__name="Alif"), again=True)  # written to today
    for days, letters in ((-8, 0), (-7, 1), (-6, 0), (-1, 1), (0, 0), (7, 1), (8, 0)):
        day = DUE + timedelta(days=days)
        with time_machine.travel(
            timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9)), tick=False
        ):
            assert remind_due(day) == letters, days
            assert remind_due(day) == 0  # a duty that runs twice writes once
    assert campaign.requests.get(company__name="Alif").reminders == 3
    assert letter("head@alif.example").subject.startswith("Rappel")
    close_campaign(campaign, by=None)


def test_one_is_open_for_a_year_at_a_time() -> None:
    opened()
    with pytest.raises(ValidationError) as refused:
        opened()
    assert "year" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="campaign_open_once_a_year"), transaction.atomic():
        FigureCampaign.objects.create(year=YEAR, due_on=DUE)
    with pytest.raises(IntegrityError, match="campaign_due_after_its_year"), transaction.atomic():
        FigureCampaign.objects.create(year=YEAR - 1, due_on=date(YEAR - 1, 12, 31))


def test_company_asked_once() -> None:
    company = hosted("Alif")
    campaign = opened()
    with pytest.raises(IntegrityError, match="company_asked_once"), transaction.atomic():
        FigureRequest.objects.create(campaign=campaign, company=company)


@pytest.mark.django_db(transaction=True)
def test_two_who_open_at_once_open_one() -> None:
    hosted("Alif", owner="head@alif.example")
    outcomes = together(opened, opened)
    assert [type(error) for error in errors(outcomes)] == [ValidationError]
    assert FigureCampaign.objects.count() == 1
    assert FigureRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_remind_at_once_write_once() -> None:
    hosted("Alif", owner="head@alif.example")
    request = opened().requests.get()
    outcomes = together(lambda: write_request(request), lambda: write_request(request))
    assert sorted(outcomes) == [False, True]
    assert Message.objects.count() == 1


def test_the_staff_open_follow_remind_and_close(django_capture_on_commit_callbacks: Any) -> None:
    hosted_company(SiteFactory(), name="Khettara")
    hosted("Alif", owner="head@alif.example")
    direction = visitor(staff("direction"))
    assert "Aucune campagne" in direction.get("/fr/companies/campaigns/").content.decode()
    late = direction.post("/fr/companies/campaigns/new/", {"year": YEAR, "due_on": "01/01/2020", "note": ""})
    assert late.status_code == 422
    assert "due_on" in errors_of(late)
    far = direction.post("/fr/companies/campaigns/new/", {"year": YEAR, "due_on": "01/01/2099", "note": ""})
    assert far.status_code == 422
    assert "due_on" in errors_of(far)
    assert not FigureCampaign.objects.exists()
    made = direction.post(
        "/fr/companies/campaigns/new/", {"year": YEAR, "due_on": f"{DUE:%d/%m/%Y}", "note": ""}
    )
    campaign = FigureCampaign.objects.get()
    assert made["Location"] == f"/fr/companies/campaigns/{campaign.pk}/"
    assert Job.objects.get().kind == campaigns.ASK
    again = direction.post(
        "/fr/companies/campaigns/new/", {"year": YEAR, "due_on": f"{DUE:%d/%m/%Y}", "note": ""}
    )
    assert "year" in errors_of(again)
    one = campaign.requests.get(company__name="Alif")
    direction.post(
        f"/fr/companies/campaigns/{campaign.pk}/reminders/{one.pk}/", {"back": "//evil.example/?q=a"}
    )
    assert Message.objects.filter(to="head@alif.example").count() == 1
    page = direction.get(f"/fr/companies/campaigns/{campaign.pk}/?state=missing&q=alif")
    assert [row.company.name for row in page.context["page"]] == ["Alif"]
    sheet = direction.get(f"/fr/companies/campaigns/{campaign.pk}/export/csv/?q=alif").content.decode(
        "utf-8-sig"
    )
    assert "Alif" in sheet
    assert "Khettara" not in sheet
    closed = direction.post(f"/fr/companies/campaigns/{campaign.pk}/closing/")
    campaign.refresh_from_db()
    assert not campaign.is_open
    direction.post(undo_of(closed))
    campaign.refresh_from_db()
    assert campaign.is_open


def test_an_address_goes_with_the_person() -> None:
    from fondouk.people.actions import erase_person

    hosted("Alif", email="HEAD@alif.example", owner="head@alif.example")
    request = opened().requests.get()
    erase_person(request.person, by=None, reason="asked")
    request.refresh_from_db()
    assert (request.address, request.person) == ("", None)


def test_links_are_not_handed_out_with_a_persons_data() -> None:
    from fondouk.people.actions import collect_data

    hosted("Alif", owner="head@alif.example")
    request = opened().requests.get()
    write_request(request)
    assert request.token not in str(collect_data(request.person, by=None))


def test_a_link_opens_no_other_request_that_bears_its_key_later() -> None:
    """A table that is emptied, or a backup that is put back, gives keys out again."""
    hosted("Alif", email="contact@alif.example")
    request = opened().requests.get()
    token = request.token
    FigureCampaign.objects.filter(pk=request.campaign_id).update(opened_at=timezone.now() + timedelta(days=1))
    assert FigureRequest.objects.all().of_token(token) is None


def test_who_has_left_the_company_neither_reads_nor_answers_and_the_next_head_is_written_to(
    client: Client,
) -> None:
    company = hosted("Alif", email="contact@alif.example", owner="head@alif.example")
    request = opened().requests.get()
    write_request(request)
    company.memberships.update(period=(date(2015, 1, 1), timezone.localdate()))
    address = f"/fr/figures-asked/{request.token}/"
    assert client.get(address).status_code == 410
    assert client.post(address, {"headcount": "1"}).status_code == 410
    successor = PersonFactory(name="Next head")
    successor.emails.all().delete()
    successor.emails.create(address="next@alif.example", is_main=True)
    MembershipFactory(company=company, person=successor, role="owner", period=(timezone.localdate(), None))
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert write_request(request, again=True)
    request.refresh_from_db()
    assert request.person == successor
    assert client.get(link(letter("next@alif.example"))).status_code == 200
    assert client.get(address).status_code == 404  # the former head's does not come to life again


def test_nobody_is_written_to_once_it_is_closed() -> None:
    hosted("Alif", email="contact@alif.example")
    campaign = opened()
    close_campaign(campaign, by=None)
    assert not write_request(campaign.requests.get())
    assert not Message.objects.exists()


def test_a_reminder_that_fell_on_a_day_of_rest_is_written_on_the_next() -> None:
    hosted("Alif", email="contact@alif.example")
    campaign = opened()
    write_request(campaign.requests.get())
    written = []
    for day in (-8, -6, -5, 1, 2, 8, 9):  # neither a week before, nor the day before, nor a week after
        with time_machine.travel(timezone.now() + (DUE - timezone.localdate()) + timedelta(days=day)):
            if remind_due(timezone.localdate()):
                written.append(day)
    assert written == [-6, 1, 8]


def test_of_two_that_were_merged_either_answers_for_both() -> None:
    kept, absorbed = hosted("Alif", email="a@alif.example"), hosted("Alef", email="b@alif.example")
    campaign = opened()
    merge_companies(kept, absorbed, by=None)
    request = FigureRequest.objects.get(company=absorbed)
    answer_request(request, {"headcount": Decimal(7)})
    assert Figure.objects.get().company == kept
    assert not campaign.requests.unanswered().exists()
