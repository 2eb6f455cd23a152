"""What the demonstration holds: its rows keep to everything that is asked of a real hub, and its history makes sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from fondouk.audit.models import Entry
from fondouk.companies.models import LegalIdentity, Residency
from fondouk.contracts.models import Contract
from fondouk.demo.actions import NotEmpty, load_demonstration
from fondouk.impact.models import Edition
from fondouk.imports.actions import plan_book
from fondouk.imports.exporting import export_book
from fondouk.imports.workbooks import open_book
from fondouk.openings.models import Opening
from fondouk.people.models import Account, Person
from fondouk.sites.models import Network

from .conftest import SMALL, TODAY

pytestmark = pytest.mark.django_db


def test_it_is_not_loaded_twice(demonstration: None) -> None:
    with pytest.raises(NotEmpty):
        load_demonstration(SMALL)


def test_the_importer_finds_nothing_to_refuse_or_to_change_in_it(demonstration: None, tmp_path: Path) -> None:
    """Its rows hold to everything that is asked of a hub's own books."""
    target = tmp_path / "book.xlsx"
    export_book(str(target), language="fr")
    plan = plan_book(open_book(target))
    assert plan.refused == 0
    assert plan.context.writer.is_empty
    assert Network.objects.get().is_demonstration is not False


def test_its_history_makes_sense(demonstration: None) -> None:
    assert Entry.objects.filter(at__gt=f"{TODAY} 23:59+00:00").count() == 0
    for identity in LegalIdentity.objects.exclude(ice=""):
        assert identity.ice.startswith("9900000")  # of no company
    for stay in Residency.objects.select_related("company"):
        identity = stay.company.identities.first()
        assert identity.incorporated_on < stay.period.lower
    for contract in Contract.objects.select_related("company").prefetch_related("company__residencies"):
        stay = next(
            stay for stay in contract.company.residencies.all() if stay.period.lower <= contract.starts_on
        )
        last = contract.last_day
        assert stay.period.upper is None or (last is not None and last < stay.period.upper)
    for person in Person.objects.prefetch_related("emails"):
        assert person.main_email.endswith(".example")
        assert person.phone == ""
    assert all(not account.has_usable_password() for account in Account.objects.all())


def test_what_was_decided_long_ago_stands_on_its_day(demonstration: None) -> None:
    editions = list(Edition.objects.order_by("year"))
    assert [(one.published_at.year, one.known_on) for one in editions] == [
        (one.year + 1, one.published_at) for one in editions
    ]
    assert all(one.content["share"] for one in editions)
    assert {entry.at.year for entry in Entry.objects.filter(verb="impact.edition_published")} == {
        one.year + 1 for one in editions
    }
    steps = Opening.objects.get().steps.all()
    assert 2 <= sum(step.done_on is not None for step in steps) <= len(steps) - 4
