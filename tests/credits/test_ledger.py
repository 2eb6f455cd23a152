"""Lots, holds and entries: first to expire, first out; never below zero; nothing is rewritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from fondouk.audit.models import Entry as Told
from fondouk.credits.actions import adjust, consume, hold, release
from fondouk.credits.enums import EntryKind
from fondouk.credits.models import Entry, Hold, Lot
from fondouk.credits.queries import Need, balance, left_for, lots_of
from fondouk.spaces.enums import SpaceKind
from tests.factories import CompanyFactory, PersonFactory, SiteFactory
from tests.factories.credits import lot
from tests.threads import errors, together

TUESDAY = date(2027, 1, 5)
ROOM = SpaceKind.MEETING_ROOM


def need(quantity: Any, *, key: int = 1, kind: str = ROOM, site: int = 0, day: date = TUESDAY) -> Need:
    return Need(key, kind, site, day, Decimal(quantity))


def left(*lots: Lot) -> list[Decimal]:
    return [Lot.objects.get(pk=one.pk).remaining for one in lots]


@pytest.mark.django_db
class TestHolding:
    def test_what_expires_first_goes_first(self) -> None:
        company = CompanyFactory()
        endless, late, soon = (
            lot(company, 50, until=until) for until in (None, date(2027, 6, 1), date(2027, 2, 1))
        )
        found = hold(company.pk, [need(70)])
        assert found[1][1] == 70
        assert left(soon, late, endless) == [0, 30, 50]

    def test_as_far_as_it_goes(self) -> None:
        company = CompanyFactory()
        only = lot(company, 30)
        assert hold(company.pk, [need(40)])[1][1] == 30
        assert hold(company.pk, [need(1)]) == {}
        assert left(only) == [0]

    def test_for_the_days_kinds_and_site_that_it_is_good_for(self) -> None:
        company, here, there = CompanyFactory(), SiteFactory(), SiteFactory()
        lot(company, 10, until=date(2027, 1, 5))  # good until the day before
        lot(company, 20, since=date(2027, 1, 6))
        lot(company, 40, kinds=[SpaceKind.STUDIO])
        mine = lot(company, 80, kinds=[ROOM], site=here)
        lot(CompanyFactory(), 160)
        assert left_for(company.pk, ROOM, here.pk, TUESDAY) == 80
        assert left_for(company.pk, ROOM, there.pk, TUESDAY) == 0
        assert hold(company.pk, [need(500, site=here.pk)])[1][1] == 80
        assert left(mine) == [0]

    def test_several_at_once_the_earliest_first(self) -> None:
        company = CompanyFactory()
        lot(company, 50)
        found = hold(
            company.pk,
            [need(40, key=1, day=date(2027, 1, 12)), need(40, key=2), need(40, key=3, day=date(2028, 1, 1))],
        )
        assert {key: quantity for key, (_held, quantity) in found.items()} == {1: 10, 2: 40}

    def test_given_back_once_and_used_once(self) -> None:
        company = CompanyFactory()
        only = lot(company, 50)
        (held, _quantity) = hold(company.pk, [need(20)])[1]
        release([held.pk])
        release([held.pk])
        consume([held.pk])
        assert left(only) == [50]
        (again, _quantity) = hold(company.pk, [need(20)])[1]
        consume([again.pk])
        release([again.pk])
        assert left(only) == [30]
        row = lots_of(company.pk).get()
        assert (row.given, row.aside, row.used) == (50, 0, 20)


@pytest.mark.django_db
class TestGranting:
    @pytest.mark.parametrize(
        ("quantity", "reason", "field"),
        [("0", "Erreur", "quantity"), ("-31", "Erreur", "quantity"), ("5", " ", "reason")],
    )
    def test_what_is_refused(self, quantity: str, reason: str, field: str) -> None:
        only = lot(CompanyFactory(), 30)
        with pytest.raises(ValidationError) as refused:
            adjust(only, Decimal(quantity), reason=reason, by=PersonFactory())
        assert refused.value.message_dict.keys() == {field}
        assert left(only) == [30]

    def test_adjusting_is_told(self) -> None:
        only = lot(CompanyFactory(), 30)
        assert adjust(only, Decimal("-12.50"), reason="Erreur", by=PersonFactory()).remaining == Decimal(
            "17.50"
        )
        assert Told.objects.filter(verb="credits.adjusted").count() == 1

    def test_the_balance_and_what_expires_soon(self) -> None:
        company = CompanyFactory()
        lot(company, 10, until=date(2027, 1, 20))
        lot(company, 90)
        found = balance(company.pk, TUESDAY)
        assert (found.left, found.soon, found.expires) == (100, 10, date(2027, 1, 19))
        assert balance(company.pk, date(2027, 1, 20)).left == 90


@pytest.mark.django_db
class TestForbidden:
    """By the database, whoever writes."""

    def test_below_zero(self) -> None:
        only = lot(CompanyFactory(), 10)
        held = Hold.objects.create(company=only.company)
        with pytest.raises(DatabaseError, match="credits_never_below_zero"), transaction.atomic():
            Entry.objects.create(lot=only, hold=held, kind=EntryKind.HELD, quantity=11)

    def test_more_given_back_than_was_set_aside(self) -> None:
        only = lot(CompanyFactory(), 10)
        (held, _quantity) = hold(only.company_id, [need(4)])[1]
        with pytest.raises(DatabaseError, match="more is given back"), transaction.atomic():
            Entry.objects.create(lot=only, hold=held, kind=EntryKind.RELEASED, quantity=5)

    def test_another_sum_than_that_of_the_entries(self) -> None:
        only = lot(CompanyFactory(), 10)
        with pytest.raises(DatabaseError, match="follows from its entries"), transaction.atomic():
            Lot.objects.filter(pk=only.pk).update(remaining=1000)

    def test_a_ledger_that_is_rewritten(self) -> None:
        lot(CompanyFactory(), 10)
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.update(quantity=1000)
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.all().delete()

    def test_nothing_granted(self) -> None:
        with pytest.raises(ValidationError):
            lot(CompanyFactory(), 0)


@pytest.mark.django_db(transaction=True)
def test_forty_want_the_last_credits() -> None:
    company = CompanyFactory()
    lots = [lot(company, 50), lot(company, 50, until=date(2027, 6, 1))]
    answers = together(*[lambda: hold(company.pk, [need(7)])] * 40)
    assert errors(answers) == []
    held = sum(quantity for answer in answers for _hold, quantity in answer.values())
    assert held == 100
    assert left(*lots) == [0, 0]
