"""The pages of jobs: who sees which, and how they keep themselves up to date."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

import tests.jobs.kinds  # noqa: F401
from fondouk.jobs.actions import run_job, start
from fondouk.jobs.enums import State
from fondouk.jobs.models import Job, JobProgress
from fondouk.sites.enums import Role
from tests.factories import AccountFactory, SiteFactory, finished_job, staff

pytestmark = pytest.mark.django_db


def addresses(job: Job) -> list[str]:
    return [
        reverse("jobs"),
        reverse("jobs_under_way"),
        reverse("job", args=[job.pk]),
        reverse("job_progress", args=[job.pk]),
    ]


def test_anonymous_visitors_are_sent_to_sign_in(client: Client) -> None:
    job = start("tests.quick", by=None)
    for address in addresses(job):
        assert "next=" in client.get(address)["Location"]


def test_outsiders_find_nothing_but_what_they_asked_for(client: Client) -> None:
    account = AccountFactory()
    client.force_login(account)
    job, own = start("tests.quick", by=None), start("tests.quick", by=account.person)
    assert {client.get(address).status_code for address in addresses(job)} == {404}
    assert client.post(reverse("job_cancellation", args=[job.pk])).status_code == 404
    assert client.get(reverse("job", args=[own.pk])).status_code == 200
    assert client.get(reverse("job_progress", args=[own.pk])).status_code == 200


def test_staff_see_the_jobs_of_others_but_not_of_kinds_that_ask_for_more(client: Client) -> None:
    reception = staff(Role.RECEPTION, SiteFactory())
    client.force_login(reception)
    common, closed = start("tests.quick", by=None), start("tests.closed", by=None)
    assert client.get(reverse("job", args=[common.pk])).status_code == 200
    assert client.get(reverse("job", args=[closed.pk])).status_code == 404
    listed = client.get(reverse("jobs"), {"whose": "all"}).content.decode()
    assert str(common.pk) in listed and str(closed.pk) not in listed
    client.force_login(staff(Role.DIRECTION))
    assert client.get(reverse("job", args=[closed.pk])).status_code == 200


def test_a_role_lost_is_a_job_lost(client: Client) -> None:
    account = staff(Role.DIRECTION)
    job = start("tests.closed", by=account.person)
    run_job(job.pk)
    file = reverse("file", args=[Job.objects.get(pk=job.pk).outcome.file.pk])
    client.force_login(account)
    assert client.get(file).status_code == 200
    account.person.grants.all().delete()
    assert client.get(file).status_code == 404


def test_results_are_for_whoever_asked(client: Client) -> None:
    account = staff(Role.RECEPTION, SiteFactory())
    job = start("tests.quick", by=account.person)
    run_job(job.pk)
    file = reverse("file", args=[Job.objects.get(pk=job.pk).outcome.file.pk])
    client.force_login(staff(Role.RECEPTION, SiteFactory()))
    assert client.get(file).status_code == 404
    client.force_login(account)
    assert client.get(file).status_code == 200
    assert file in client.get(reverse("job", args=[job.pk])).content.decode()


def test_the_page_asks_again_until_the_work_is_over(client: Client) -> None:
    account = staff(Role.DIRECTION)
    client.force_login(account)
    job = start("tests.quick", by=account.person)
    JobProgress.objects.create(job=job, done=3, total=10)
    page, fragment = reverse("job", args=[job.pk]), reverse("job_progress", args=[job.pk])
    assert "data-polling" in client.get(page).content.decode()
    answer = client.get(fragment)
    assert "data-polling" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert "HX-Refresh" not in answer
    run_job(job.pk)
    answer = client.get(fragment)
    assert "data-polling" not in answer.content.decode()
    assert answer["HX-Refresh"] == "true"
    assert "HX-Refresh" not in client.get(fragment, {"then": "stay"})
    text = client.get(page).content.decode()
    assert "data-polling" not in text and "told 42" in text


def test_the_panel_shows_ones_own_work_and_stops_asking(client: Client) -> None:
    account = staff(Role.DIRECTION)
    client.force_login(account)
    start("tests.quick", by=None, label="of somebody else")
    job = start("tests.quick", by=account.person, label="my own")
    text = client.get(reverse("jobs_under_way")).content.decode()
    assert "my own" in text and "of somebody else" not in text and "data-polling" in text
    run_job(job.pk)
    assert "data-polling" not in client.get(reverse("jobs_under_way")).content.decode()


def test_cancelling_and_starting_again(client: Client) -> None:
    account = staff(Role.DIRECTION)
    client.force_login(account)
    job = start("tests.quick", by=account.person)
    cancelled = client.post(
        reverse("job_cancellation", args=[job.pk]), {"next": "https://elsewhere.example/"}
    )
    assert cancelled["Location"] == reverse("job", args=[job.pk])
    assert Job.objects.told().get(pk=job.pk).state == State.CANCELLED
    again = client.post(reverse("job_repetition", args=[job.pk]))
    assert again["Location"] != cancelled["Location"]
    assert client.post(again["Location"] + "repetition/").status_code == 404


@pytest.mark.parametrize("there", ["x", "job", "//elsewhere.example", "javascript:1", "\x00", "/fr/jobs/"])
def test_wherever_one_is_sent_on_to_is_an_address(client: Client, there: str) -> None:
    account = staff(Role.DIRECTION)
    client.force_login(account)
    job = start("tests.quick", by=account.person)
    assert client.post(reverse("job_cancellation", args=[job.pk]), {"next": there}).status_code == 302


def test_filters_narrow_and_nonsense_narrows_nothing(client: Client) -> None:
    client.force_login(staff(Role.DIRECTION))
    failed, done = finished_job("failed", kind="tests.broken"), finished_job("done", kind="tests.quick")

    def listed(**query: str) -> set[str]:
        text = client.get(reverse("jobs"), {"whose": "all", **query}).content.decode()
        return {str(job.pk) for job in (failed, done) if str(job.pk) in text}

    assert listed(state="failed") == {str(failed.pk)}
    assert listed(kind="tests.quick") == {str(done.pk)}
    assert listed(q="nothing of this name") == set()
    assert listed(q="\x00") == listed(state="nonsense", page="-7") == {str(failed.pk), str(done.pk)}


def test_a_job_whose_kind_is_gone_is_still_shown(client: Client) -> None:
    client.force_login(staff(Role.DIRECTION))
    job = finished_job("failed", kind="gone.with_its_app")
    assert "gone.with_its_app" in client.get(reverse("job", args=[job.pk])).content.decode()
    assert client.post(reverse("job_repetition", args=[job.pk])).status_code == 404
