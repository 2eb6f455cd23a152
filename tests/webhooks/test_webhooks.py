"""Messages to other systems: written with what they tell, signed, tried again, sent again; heard by a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from fondouk.audit.models import Entry
from fondouk.bookings.actions import cancel
from fondouk.bookings.enums import Scope
from fondouk.people.retention import RULES
from fondouk.reception.actions import arrive
from fondouk.requests.actions import say
from fondouk.requests.enums import State as RequestState
from fondouk.sites.enums import Role
from fondouk.webhooks.actions import (
    TRIES,
    NotDelivered,
    deliver,
    remove_endpoint,
    rotate_secret,
    send_again,
    send_failed_again,
    send_test,
    switch,
)
from fondouk.webhooks.enums import Kind, State
from fondouk.webhooks.models import Attempt, Delivery, Endpoint, Event
from fondouk.webhooks.posting import is_open, post
from fondouk.webhooks.signing import secret_of
from fondouk.webhooks.web.forms import EndpointForm
from tests.factories import PersonFactory, SiteFactory, staff
from tests.factories.bookings import booked
from tests.factories.reception import expected
from tests.factories.requests import asked
from tests.factories.webhooks import endpoint
from tests.threads import together


@dataclass
class Receiver:
    """A server of our own: answers with `statuses` in turn, the last for ever, and keeps what it was sent."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    location: str = ""

    def next_status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@pytest.fixture
def receiver(settings: Any) -> Generator[Receiver, None, None]:
    settings.FONDOUK_WEBHOOKS_LOCAL = True
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(kept.next_status())
            if kept.location:
                self.send_header("Location", kept.location)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()


def queued() -> int:
    return ProcrastinateJob.objects.filter(task_name="webhooks.deliver").count()


def try_all(delivery: Delivery) -> None:
    for _number in range(TRIES):
        try:
            deliver(delivery.pk)
        except NotDelivered:
            continue
        break
    delivery.refresh_from_db()


@pytest.mark.django_db
class TestWriting:
    def test_what_happens_is_told_to_whoever_asks_for_it(self) -> None:
        here = SiteFactory()
        everything, elsewhere = endpoint(), endpoint(site=SiteFactory())
        visits = endpoint(kinds=["visit.arrived"], site=here)
        off = endpoint(kinds=["visit.arrived"])
        switch(off, on=False, by=PersonFactory())
        one = booked().occurrences.get()
        cancel(one, scope=Scope.ALL, by=PersonFactory())
        request = asked(site=here)
        say(request, by=PersonFactory(), is_staff=True, state=RequestState.UNDERWAY, text="Vu")
        with time_machine.travel(datetime(2027, 1, 5, 8, tzinfo=UTC), tick=False):
            guest = expected(site=here, in_days=0)
            arrive(guest, by=PersonFactory())
        kinds = [event.kind for event in Event.objects.order_by("at", "pk")]
        assert sorted(kinds) == sorted(
            [
                "booking.created",
                "booking.cancelled",
                "request.opened",
                "request.stepped",
                "visit.announced",
                "visit.arrived",
            ]
        )
        assert everything.deliveries.count() == 6
        assert [one.event.kind for one in visits.deliveries.all()] == ["visit.arrived"]
        assert not elsewhere.deliveries.exists() and not off.deliveries.exists()
        assert queued() == 7
        said = json.dumps([event.data for event in Event.objects.all()])
        assert "Idris" not in said and "visitor.example" not in said

    def test_nobody_asks_nothing_is_written(self) -> None:
        booked()
        assert not Event.objects.exists() and not queued()

    def test_what_is_taken_back_was_never_told(self) -> None:
        endpoint()
        try:
            with transaction.atomic():
                booked()
                raise RuntimeError
        except RuntimeError:
            pass
        assert not Event.objects.exists() and not queued()


@pytest.mark.django_db
class TestDelivering:
    def test_signed_so_that_the_library_of_the_specification_takes_it(self, receiver: Receiver) -> None:
        delivery = send_test(endpoint(url=receiver.url))
        deliver(delivery.pk)
        headers, body = receiver.heard[0]
        message = Webhook(secret_of(delivery.endpoint_id, 1)).verify(body, headers)
        assert message["type"] == "test" and headers["webhook-id"] == str(delivery.event_id)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret_of(delivery.endpoint_id, 2)).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret_of(delivery.endpoint_id, 1)).verify(body.replace(b"test", b"best"), headers)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries) == (State.DELIVERED, 1)
        deliver(delivery.pk)
        assert len(receiver.heard) == 1

    def test_for_a_day_the_former_secret_signs_too(self, receiver: Receiver) -> None:
        one = endpoint(url=receiver.url)
        rotate_secret(one, by=PersonFactory())
        deliver(send_test(one).pk)
        headers, body = receiver.heard[-1]
        for turn in (1, 2):
            Webhook(secret_of(one.pk, turn)).verify(body, headers)
        Endpoint.objects.filter(pk=one.pk).update(turned_at=timezone.now() - timedelta(days=2))
        deliver(send_test(one).pk)
        headers, body = receiver.heard[-1]
        Webhook(secret_of(one.pk, 2)).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret_of(one.pk, 1)).verify(body, headers)

    def test_tried_again_until_it_is_received(self, receiver: Receiver) -> None:
        receiver.statuses = [500, 302, 200]
        receiver.location = receiver.url
        delivery = send_test(endpoint(url=receiver.url))
        with pytest.raises(NotDelivered):
            deliver(delivery.pk)
        delivery.refresh_from_db()
        assert delivery.state == State.RETRYING and delivery.next_at is not None
        try_all(delivery)
        assert (delivery.state, delivery.tries) == (State.DELIVERED, 3)
        assert [one.status for one in delivery.attempts.all()] == [500, 302, 200]
        assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1
        assert len(receiver.heard) == 3  # no redirect was followed

    def test_given_up_after_a_day_and_sent_again_when_asked(self, receiver: Receiver) -> None:
        receiver.statuses = [503] * TRIES + [200]
        delivery = send_test(endpoint(url=receiver.url))
        try_all(delivery)
        assert (delivery.state, delivery.tries, delivery.attempts.count()) == (State.FAILED, TRIES, TRIES)
        before = queued()
        assert send_failed_again(delivery.endpoint, by=PersonFactory()) == 1
        assert queued() == before + 1
        with pytest.raises(ValidationError):
            send_again(delivery, by=PersonFactory())
        deliver(delivery.pk)
        delivery.refresh_from_db()
        assert delivery.state == State.DELIVERED
        send_again(delivery, by=PersonFactory())
        deliver(delivery.pk)
        assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1

    def test_a_receiver_that_is_gone_switches_itself_off(self, receiver: Receiver) -> None:
        receiver.statuses = [410]
        one = endpoint(url=receiver.url)
        booked()
        first = one.deliveries.get()
        deliver(first.pk)
        one.refresh_from_db()
        assert not one.is_on and Entry.objects.filter(verb="webhooks.gone").exists()
        booked()
        assert one.deliveries.count() == 1

    def test_what_waits_for_one_that_is_off_is_dropped(self, receiver: Receiver) -> None:
        one = endpoint(url=receiver.url)
        booked()
        switch(one, on=False, by=PersonFactory())
        delivery = one.deliveries.get()
        deliver(delivery.pk)
        delivery.refresh_from_db()
        assert delivery.state == State.DROPPED and receiver.heard == []

    def test_nobody_there(self, receiver: Receiver) -> None:
        delivery = send_test(endpoint(url="http://127.0.0.1:9/nothing"))
        with pytest.raises(NotDelivered):
            deliver(delivery.pk)
        attempt = Attempt.objects.get()
        assert attempt.status is None and attempt.said and not attempt.is_good

    def test_an_answer_without_end_is_cut(self, receiver: Receiver) -> None:
        answer = post(receiver.url, b"{}", {})
        assert answer.is_good and len(answer.said) <= 500


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("::1", False),
        ("169.254.169.254", False),
        ("fe80::1%eth0", False),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("224.0.0.1", False),
        ("10.1.2.3", True),
        ("192.168.1.20", True),
        ("196.12.200.1", True),
        ("2001:db8::1", True),
    ],
)
def test_where_messages_may_go(address: str, is_fine: bool, settings: Any) -> None:
    settings.FONDOUK_WEBHOOKS_LOCAL = False
    assert is_open(address) == is_fine


def test_this_machine_is_refused_before_anything_is_sent(receiver: Receiver, settings: Any) -> None:
    settings.FONDOUK_WEBHOOKS_LOCAL = False
    answer = post(receiver.url, b"{}", {})
    assert answer.status is None and "Forbidden" in answer.said and receiver.heard == []
    by_name = post(receiver.url.replace("127.0.0.1", "localhost"), b"{}", {})
    assert by_name.status is None and receiver.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "https://u:p@hall.example/",
        "ftp://hall.example",
        "https://",
        "http://hall.example/x",
        "https://a:99999/",
    ],
)
@pytest.mark.django_db
def test_addresses_that_are_refused(url: str, settings: Any) -> None:
    settings.FONDOUK_WEBHOOKS_LOCAL = False
    form = EndpointForm({"label": "x", "url": url, "kinds": ["visit.left"], "site": ""})
    assert not form.is_valid() and list(form.errors) == ["url"]


@pytest.mark.django_db
def test_the_screens(client: Client, receiver: Receiver) -> None:
    client.force_login(staff(Role.ADMINISTRATOR, None))
    assert client.get(reverse("webhooks")).status_code == 200
    assert client.post(reverse("webhook_new"), {"label": "Hall", "url": receiver.url}).status_code == 422
    data = {"label": "Hall", "url": receiver.url, "kinds": ["booking.created"], "site": ""}
    client.post(reverse("webhook_new"), data)
    one = Endpoint.objects.get()
    page = client.get(reverse("endpoint", args=[one.pk]))
    assert secret_of(one.pk, 1).encode() in page.content and "no-store" in page["Cache-Control"]
    client.post(reverse("webhook_test", args=[one.pk]))
    delivery = Delivery.objects.get()
    assert client.get(reverse("webhook_delivery", args=[delivery.pk])).status_code == 200
    deliver(delivery.pk)
    client.post(reverse("webhook_delivery_repetition", args=[delivery.pk]))
    client.post(reverse("webhook_delivery_repetition", args=[delivery.pk]))
    client.post(reverse("webhook_repetition", args=[one.pk]))
    assert client.get(reverse("endpoint", args=[one.pk]), {"state": "waiting"}).status_code == 200
    client.post(reverse("webhook_secret", args=[one.pk]))
    client.post(reverse("webhook_switch", args=[one.pk]))
    one.refresh_from_db()
    assert (one.turn, one.is_on) == (2, False)
    client.post(reverse("webhook_edit", args=[one.pk]), {**data, "label": "Salle"})
    one.refresh_from_db()
    assert (one.label, one.is_on, one.turn) == ("Salle", False, 2)
    assert client.get(reverse("webhook_removal", args=[one.pk])).status_code == 200
    client.post(reverse("webhook_removal", args=[one.pk]))
    assert not Endpoint.objects.exists()


@pytest.mark.django_db
def test_forgotten_after_three_months() -> None:
    delivery = send_test(endpoint())
    Event.objects.update(at=datetime(2026, 1, 1, tzinfo=UTC))
    rule = RULES["webhooks.events"]
    before = datetime(2026, 2, 1, tzinfo=UTC)
    assert (rule.months, rule.count(before), rule.remove(before)) == (3, 1, 1)
    assert not Delivery.objects.filter(pk=delivery.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken", [{"state": "lost"}, {"state": State.DELIVERED}, {"next_at": None}, {"event_id": None}]
)
def test_the_database_forbids_what_cannot_be(broken: dict[str, Any]) -> None:
    delivery = send_test(endpoint())
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**broken)
    for wrong in ({"kinds": []}, {"kinds": ["nothing"]}, {"url": "ftp://x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Endpoint.objects.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_none_is_removed_while_a_message_is_sent_to_it(client: Client) -> None:
    """What the worker writes down about it would have nothing to belong to."""
    one = endpoint()
    delivery = send_test(one)
    client.force_login(staff(Role.ADMINISTRATOR, None))
    address = reverse("webhook_removal", args=[one.pk])
    is_sent, may_end = threading.Event(), threading.Event()

    def send() -> None:
        with transaction.atomic():
            Delivery.objects.select_for_update().get(pk=delivery.pk)
            is_sent.set()
            may_end.wait(20)

    def remove() -> int:
        is_sent.wait(20)
        try:
            return client.post(address).status_code
        finally:
            may_end.set()

    assert together(send, remove) == [None, 302]
    assert Endpoint.objects.filter(pk=one.pk).exists()
    client.post(address)
    assert not Endpoint.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_sends(receiver: Receiver) -> None:
    delivery = send_test(endpoint(url=receiver.url))
    together(*[lambda: deliver(delivery.pk)] * 4)
    assert len(receiver.heard) == 1 and Attempt.objects.count() == 1


@pytest.mark.django_db
def test_a_removal_and_its_name_stay_in_the_audit() -> None:
    one = endpoint()
    remove_endpoint(one, by=PersonFactory())
    assert Entry.objects.get(verb="webhooks.removed").facts["label"] == one.label
    assert Kind.TEST not in one.kinds
