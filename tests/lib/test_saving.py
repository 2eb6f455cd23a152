"""A row is saved, or refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError

from fondouk.companies.models import Company
from fondouk.lib.saving import retried_or, save
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db

BESIDE = {"company_name_once": "name"}


def test_a_constraint_speaks_beside_its_field_or_of_the_whole() -> None:
    CompanyFactory(key="saqia")
    for beside, place in ((BESIDE, "name"), (None, "__all__")):
        with pytest.raises(ValidationError) as caught:
            save(Company(name="Saqia", key="saqia"), beside=beside)
        assert list(caught.value.message_dict) == [place]


def test_only_the_fields_named_are_saved() -> None:
    company = CompanyFactory(activity="Eau")
    company.name, company.activity = "Saqia Deux", "Air"
    save(company, fields=["name"])
    company.refresh_from_db()
    assert (company.name, company.activity) == ("Saqia Deux", "Eau")


def test_what_is_too_long_is_said_beside_its_field() -> None:
    with pytest.raises(ValidationError) as caught:
        save(Company(name="n" * 201, key="n"))
    assert list(caught.value.message_dict) == ["name"]


def test_what_nobody_can_say_in_words_is_raised_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: Any, **values: Any) -> None:
        raise IntegrityError("a foreign key")

    monkeypatch.setattr(Company, "save", fail)
    with pytest.raises(IntegrityError):
        save(Company(name="Saqia", key="saqia"))


class Deadlock(Exception):
    sqlstate = "40P01"


class Refused(Exception):
    """What an act says when others were in its way all the time."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("deadlocks", "error"), [(0, None), (4, None), (5, Refused), (9, Refused)])
def test_an_act_is_tried_five_times_and_says_so_then(deadlocks: int, error: type[Exception] | None) -> None:
    attempts: list[int] = []

    @retried_or(Refused)
    def act(said: str) -> str:
        attempts.append(1)
        if len(attempts) <= deadlocks:
            raise OperationalError("deadlock detected") from Deadlock()
        return said

    if error is None:
        assert act("done") == "done"
    else:
        with pytest.raises(error):
            act("done")
    assert len(attempts) == min(deadlocks + 1, 5)


def test_an_act_within_a_larger_one_is_not_tried_again() -> None:
    attempts: list[int] = []

    @retried_or(Refused)
    def act() -> None:
        attempts.append(1)
        raise OperationalError("deadlock detected") from Deadlock()

    with pytest.raises(OperationalError):
        act()
    assert attempts == [1]


def test_of_two_that_wait_for_each_other_the_one_that_is_ended_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, attempts = Company.save, []

    def fail_once(self: Company, **values: Any) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise OperationalError("deadlock detected") from Deadlock()
        real(self, **values)

    monkeypatch.setattr(Company, "save", fail_once)
    save(Company(name="Saqia", key="saqia"))
    assert Company.objects.get(key="saqia")
