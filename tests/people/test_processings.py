"""The register of processings (law 09-08)."""

import pytest
from django.urls import reverse
from django.utils import translation

from fondouk.people.actions import add_usual_processings
from fondouk.people.models import Processing
from tests.factories import ProcessingFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    account = staff("administrator")
    client.force_login(account)
    return account


def test_usual_processings_come_at_a_button_and_once(client, admin):
    page = client.get(reverse("processings"))
    assert reverse("processings_usual") in page.content.decode()
    client.post(reverse("processings_usual"))
    count = Processing.objects.count()
    client.post(reverse("processings_usual"))
    assert count == Processing.objects.count() == 6


def test_usual_processings_are_complete():
    with translation.override("en"):
        for processing in add_usual_processings(by=None):
            processing.full_clean()
            assert processing.retention and processing.data


def test_usual_processings_are_read_in_each_language_until_they_are_changed(client, admin):
    with translation.override("fr"):
        processing = add_usual_processings(by=None)[0]
        french = processing.name
    with translation.override("ar"):
        assert not add_usual_processings(by=None), "in another language they are the same"
        arabic = str(processing)
        assert arabic != french
        for address in (reverse("processings"), reverse("processing", args=[processing.pk])):
            page = client.get(address).content.decode()
            assert arabic in page
            assert french not in page
        processing.purpose = "Ce que nous faisons vraiment."
        assert processing.told["purpose"] == "Ce que nous faisons vraiment."
        assert processing.told["name"] == arabic


def test_receipt_and_day_are_noted_as_typed(client, admin):
    processing = ProcessingFactory()
    values = {
        name: getattr(processing, name)
        for name in ("name", "purpose", "legal_basis", "data", "recipients", "retention")
    }
    client.post(
        reverse("processing", args=[processing.pk]),
        {**values, "receipt": "D-W-123/2026", "declared_on": "3/11/2026"},
    )
    processing.refresh_from_db()
    assert (processing.receipt, f"{processing.declared_on:%Y-%m-%d}") == ("D-W-123/2026", "2026-11-03")


def test_name_already_in_the_register_is_refused(client, admin):
    processing = ProcessingFactory(name="Visitors")
    page = client.post(
        reverse("processing_new"),
        {"name": "Visitors", "purpose": "x", "legal_basis": "consent", "data": "x", "retention": "x"},
    )
    assert list(page.context["form"].errors) == ["name"]
    assert Processing.objects.get() == processing


def test_register_is_exported_harmlessly(client, admin):
    ProcessingFactory(name="=HYPERLINK(1)")
    body = client.get(reverse("processings_export")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in body


@pytest.mark.parametrize("role", ["direction", "site_manager", "reception"])
def test_only_administrators_keep_the_register(client, role):
    client.force_login(staff(role))
    assert client.get(reverse("processings")).status_code == 404
