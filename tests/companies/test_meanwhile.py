"""A record that somebody removes between the page and the form sent from it: a sentence, never an error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from fondouk.companies.web.views import documents, residencies, team
from fondouk.sites.models import Site
from tests.factories import (
    CompanyDocumentFactory,
    MembershipFactory,
    SiteFactory,
    hosted_company,
    staff,
)
from tests.visiting import visitor

STAY = {"mode": "office", "first": "01/02/2026"}


def _stay(site: Site) -> models.Model:
    return hosted_company(site).residencies.get()


def _place(site: Site) -> models.Model:
    return MembershipFactory(company=hosted_company(site))


def _document(site: Site) -> models.Model:
    return CompanyDocumentFactory(company=hosted_company(site))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "views", "action", "where", "values"),
    [
        (_stay, residencies, "change_residency", "residencies/{pk}/", STAY),
        (_stay, residencies, "close_residency", "residencies/{pk}/end/", {"last": "01/09/2026"}),
        (_stay, residencies, "remove_residency", "residencies/{pk}/removal/", {}),
        (_place, team, "change_member", "members/{pk}/", {"role": "member", "title": "CTO"}),
        (_place, team, "end_membership", "members/{pk}/end/", {}),
        (
            _document,
            documents,
            "remove_document",
            "documents/{pk}/removal/",
            {"confirmation": "Attestation d'assurance"},
        ),
        (_document, documents, "change_document", "documents/{pk}/", {"title": "Lease", "kind": "other"}),
    ],
)
def test_a_record_that_went(
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Site], Any],
    views: Any,
    action: str,
    where: str,
    values: dict[str, str],
) -> None:
    site = SiteFactory()
    row = make(site)
    act = getattr(views, action)
    called = []

    def after_somebody_removed_it(record: models.Model, **arguments: Any) -> Any:
        called.append(type(record)._base_manager.filter(pk=record.pk).delete())
        return act(record, **arguments)

    monkeypatch.setattr(views, action, after_somebody_removed_it)
    manager = visitor(staff("site_manager", site))
    address = f"/fr/companies/{row.company_id}/"
    answer = manager.post(address + where.format(pk=row.pk), {"site": site.pk, **values})
    assert called
    assert answer.status_code == 409
    assert "entre-temps" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_sent_after_its_record_went_says_so() -> None:
    site = SiteFactory()
    stay = hosted_company(site).residencies.get()
    address = f"/fr/companies/{stay.company_id}/residencies/{stay.pk}/"
    stay.delete()
    manager = visitor(staff("site_manager", site))
    sent, read = manager.post(address, {"site": site.pk, **STAY}), manager.get(address)
    assert sent.status_code == read.status_code == 404
    assert "votre saisie y est encore" in sent.content.decode()
    assert "votre saisie y est encore" not in read.content.decode()
