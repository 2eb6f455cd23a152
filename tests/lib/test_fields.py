"""Form fields that read what people type, and write it back as it was when it is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from fondouk.lib.fields import (
    DigitsField,
    EmailAddressField,
    IceField,
    PhoneField,
    TypedAmountField,
    TypedCountField,
    TypedDateField,
)
from tests.factories import ice


class Everything(forms.Form):
    day = TypedDateField(required=False)
    amount = TypedAmountField(required=False)
    count = TypedCountField(required=False)
    ice = IceField(required=False)
    rc = DigitsField(kind="RC", required=False)
    phone = PhoneField(required=False)
    email = EmailAddressField(required=False)


def read(**typed: str) -> Any:
    form = Everything(typed)
    assert form.is_valid(), form.errors
    (name,) = typed
    return form.cleaned_data[name]


ICE = ice(1_478_520_000_011)


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("day", "3/11/2026", date(2026, 11, 3)),
        ("day", "2026-11-03", date(2026, 11, 3)),
        ("day", "3 nov. 2026", date(2026, 11, 3)),
        ("amount", "1 200,50", Decimal("1200.50")),
        ("amount", "3 560,00 DH", Decimal("3560.00")),
        ("count", "1 200", Decimal(1200)),
        ("ice", ICE.lstrip("0"), ICE),
        ("ice", f"ICE {ICE[:9]} {ICE[9:]}", ICE),
        ("rc", " 512 846 ", "512846"),
        ("phone", "0522501234", "+212 5 22 50 12 34"),
        ("email", "Hajar@ATLAS.ma", "Hajar@atlas.ma"),
    ],
)
def test_what_people_type(name: str, typed: str, meant: Any) -> None:
    assert read(**{name: typed}) == meant


@pytest.mark.parametrize("name", list(Everything.base_fields))
def test_nothing_typed_is_nothing(name: str) -> None:
    assert not read(**{name: ""})


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("day", "31/02/2026", "date"),
        ("day", "12/13/2024", "date"),
        ("amount", "beaucoup", "number"),
        ("amount", "-1", "negative"),
        ("amount", "9" * 14, "large"),
        ("amount", "NaN", "number"),
        ("count", "1,5", "whole"),
        ("count", "-3", "negative"),
        ("count", "1000001", "large"),
        ("ice", "123", "ice"),
        ("ice", "0" * 14 + "1", "ice"),
        ("rc", "abc", "digits"),
        ("phone", "12", "phone"),
        ("email", "hajar@", "email"),
    ],
)
def test_what_is_wrong_is_refused_and_written_back(name: str, typed: str, code: str) -> None:
    form = Everything({name: typed})
    assert [error.code for error in form.errors.as_data()[name]] == [code]
    assert form[name].value() == typed


@given(st.sampled_from(list(Everything.base_fields)), st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused(name: str, typed: str) -> None:
    form = Everything({name: typed})
    form.is_valid()
    assert set(form.errors) <= {name}


@pytest.mark.parametrize(
    ("name", "known", "shown"),
    [
        ("day", date(2026, 11, 3), "03/11/2026"),
        ("amount", Decimal("1200.50"), "1\u202f200,50"),
        ("amount", Decimal("1200.00"), "1\u202f200"),
        ("count", Decimal("12.00"), "12"),
    ],
)
def test_what_is_known_is_shown_as_people_write_it_and_reads_back_the_same(
    name: str, known: Any, shown: str
) -> None:
    form = Everything(initial={name: known})
    assert form[name].value() == shown
    assert read(**{name: shown}) == known
    assert Everything({name: shown}, initial={name: known}).changed_data == []
