"""From the host's telephone to the desk: announced, invited, received with one tap; or declined."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from fondouk.mail.models import Message
from fondouk.presence.queries import today_at
from fondouk.reception.enums import State
from fondouk.reception.models import Visit
from tests.factories import hosted_company, owner_of, staff

from .conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_announced_on_a_telephone_received_with_one_tap_and_declined(visit: Callable[..., Visitor]) -> None:
    company = hosted_company()
    site = company.residencies.get().site
    host = visit(owner_of(company))
    host.look(width=390)
    host.go(reverse("member_visitors_new"))
    page = host.page
    page.fill("#id_name", "إدريس التازي")
    page.fill("#id_email", "idris@visitor.example")
    page.fill("#id_others", "Nora Alami, nora@visitor.example")
    page.fill("#id_day", f"{today_at(site):%d/%m/%Y}")
    page.fill("#id_clock", "23:59")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Nora Alami")
    assert Visit.objects.count() == 2

    # Nora opens the link of her letter, and does not come.
    letter = Message.objects.get(kind="reception.invited", to="nora@visitor.example")
    nora = visit()
    nora.look(width=390)
    nora.go("/" + letter.code.split("/", 3)[3])
    assert nora.axe() == []
    nora.page.click("main form button")
    nora.page.wait_for_selector("text=Vous avez dit que vous ne venez pas")
    assert Visit.objects.get(name="Nora Alami").has_declined

    # At the desk, by keyboard alone.
    desk = visit(staff("reception", site))
    desk.go(reverse("reception"))
    assert desk.axe() == []
    desk.page.focus("main .fk-visit form button")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector(".fk-toast")
    assert Visit.objects.get(name="إدريس التازي").state == State.HERE
    desk.page.click(".fk-toast button:has-text('Annuler')")
    desk.page.wait_for_selector("main .fk-visit form button")
    assert Visit.objects.get(name="إدريس التازي").state == State.EXPECTED
    assert [one.faults for one in (host, nora, desk)] == [[], [], []]
