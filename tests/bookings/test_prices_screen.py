"""Prices, quotas and credits as those who run a site set them; what is read before booking, and before cancelling."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from fondouk.bookings.enums import PriceUnit, QuotaSpan, Status
from fondouk.bookings.models import Booking, BookingRule, Cancellation, Occurrence, PriceRule, QuotaRule
from fondouk.credits.models import Lot
from tests.factories import OpeningHoursFactory, SiteFactory, hosted_company, owner_of, since, staff
from tests.factories.bookings import booked, room
from tests.factories.credits import lot
from tests.visiting import errors_of, undo_of, visitor

TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=8)
TEN = datetime.combine(DAY, time(10))
NEW = "/en/booking-prices/new/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site = SiteFactory(code="rabat")
    for weekday in range(1, 8):
        OpeningHoursFactory(site=site, weekday=weekday, opens=time(8), closes=time(20))
    owner = owner_of(hosted_company(site))
    return SimpleNamespace(
        site=site,
        atlas=room(site=site, code="Atlas"),
        company=owner.person.memberships.get().company,
        owner=visitor(owner),
        keeper=visitor(staff("spaces", site)),
        reception=visitor(staff("reception", site)),
        direction=visitor(staff("direction")),
    )


def said(**values: Any) -> dict[str, Any]:
    return {"since": f"{TODAY:%d/%m/%Y}", "unit": "hour", **values}


def form(park: SimpleNamespace, **values: Any) -> dict[str, Any]:
    """A booking of the company for two hours at ten."""
    return {
        "space": park.atlas.pk,
        "title": "Réunion",
        "day": f"{DAY:%d/%m/%Y}",
        "begins": "10:00",
        "ends": "12:00",
        "company": park.company.pk,
        **values,
    }


class TestPrices:
    def test_set_and_read_and_ended(self, park: SimpleNamespace) -> None:
        values = said(site=park.site.pk, kind="meeting_room", amount="1 250,50", name="Salles")
        values |= {"at_least": "4", "weekdays": ["6", "7"]}
        assert park.keeper.post(NEW, values | {"begins": "18:00", "ends": "23:59"}).status_code == 302
        one = PriceRule.objects.get()
        assert (one.amount, one.at_least_minutes, one.days) == (Decimal("1250.50"), 240, [6, 7])
        assert (one.from_minute, one.to_minute) == (1080, 1440)
        shown = park.reception.get("/en/booking-prices/").content.decode()
        assert "Salles" in shown and "from 4 h on" in shown and "Saturday" in shown
        # The form of the one that follows says the same.
        initial = park.keeper.get(f"{NEW}?after={one.pk}").context["form"].initial
        assert (initial["at_least"], initial["weekdays"], initial["begins"]) == (4, [6, 7], time(18))
        assert park.reception.post(f"/en/booking-prices/{one.pk}/end/").status_code in (403, 404)
        park.keeper.post(f"/en/booking-prices/{one.pk}/end/")
        assert not PriceRule.objects.exists()

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"amount": "-5"}, "amount"),
            ({"amount": "abc"}, "amount"),
            ({"amount": ""}, "amount"),
            ({"amount": "1001", "unit": "share"}, "amount"),
            ({"begins": "18:00", "ends": "17:00"}, "ends"),
            ({"site": ""}, "site"),
            ({"since": ""}, "since"),
        ],
    )
    def test_beside_its_field(self, park: SimpleNamespace, values: dict[str, Any], field: str) -> None:
        answer = park.keeper.post(NEW, said(site=park.site.pk, amount="10") | values)
        assert (answer.status_code, set(errors_of(answer))) == (422, {field})
        assert not PriceRule.objects.exists()

    def test_of_another_site_is_not_theirs(self, park: SimpleNamespace) -> None:
        other = SiteFactory(code="fes")
        assert set(errors_of(park.keeper.post(NEW, said(site=other.pk, amount="10")))) == {"site"}
        one = PriceRule.objects.create(site=other, unit="hour", amount=1, period=since())
        assert park.keeper.post(f"/en/booking-prices/{one.pk}/end/").status_code == 404

    def test_quotas(self, park: SimpleNamespace) -> None:
        values = {
            "since": f"{TODAY:%d/%m/%Y}",
            "site": park.site.pk,
            "per": "company",
            "span": "month",
            "hours": "1,5",
        }
        assert park.keeper.post("/en/booking-rules/quotas/new/", values).status_code == 302
        assert (QuotaRule.objects.get().most_minutes, QuotaRule.objects.get().span) == (90, QuotaSpan.MONTH)
        assert "1 h 30 a month" in park.keeper.get("/en/booking-rules/").content.decode()
        assert set(
            errors_of(park.keeper.post("/en/booking-rules/quotas/new/", values | {"hours": "900"}))
        ) == {"hours"}
        park.keeper.post(f"/en/booking-rules/quotas/{QuotaRule.objects.get().pk}/end/")
        assert not QuotaRule.objects.exists()


class TestBeforeBooking:
    @pytest.fixture(autouse=True)
    def _hourly(self, park: SimpleNamespace) -> None:
        PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())

    def test_what_it_costs_is_shown_as_the_form_is_filled(self, park: SimpleNamespace) -> None:
        lot(park.company, 50, since=TODAY)
        answer = park.keeper.post("/en/bookings/price/", form(park, title=""))
        assert "2 h at" in answer.content.decode()
        assert (answer.context["quote"].total, answer.context["quote"].to_pay) == (200, 150)
        weekly = form(park, repeat="weekly", until=f"{DAY + timedelta(weeks=2):%d/%m/%Y}")
        assert park.keeper.post("/en/bookings/price/", weekly).context["quote"].total == 600
        assert "quote" not in park.keeper.post("/en/bookings/price/", form(park, ends="never")).context

    def test_another_price_than_was_shown_is_asked_again(self, park: SimpleNamespace) -> None:
        answer = park.keeper.post("/en/bookings/new/", form(park, price_seen="150.00"))
        assert answer.status_code == 422
        assert "The price has changed" in answer.content.decode()
        assert not Booking.objects.exists()
        park.keeper.post("/en/bookings/new/", form(park, price_seen="200.00"))
        assert Occurrence.objects.get().price == 200
        assert "200" in park.keeper.get(f"/en/bookings/{Booking.objects.get().pk}/").content.decode()

    def test_a_member_reads_it_and_pays_with_credits(self, park: SimpleNamespace) -> None:
        lot(park.company, 50, since=TODAY)
        address = (
            f"/en/my/bookings/new/confirmation/?space={park.atlas.pk}&starts={DAY}T10:00&ends={DAY}T12:00"
        )
        shown = park.owner.get(address)
        assert (shown.context["quote"].total, shown.context["quote"].credits) == (200, 50)
        rooms = park.owner.get(f"/en/my/bookings/new/?day={DAY:%d/%m/%Y}&begins=10:00&minutes=60").context[
            "rooms"
        ]
        assert [one["price"] for one in rooms] == [100]
        park.owner.post(address, {"title": "Réunion", "price_seen": "200.00"})
        assert (Occurrence.objects.get().credits, Lot.objects.get().remaining) == (50, 0)
        assert park.owner.get("/en/my/credits/").status_code == 200
        assert park.owner.get("/en/my/").context["credits"].left == 0

    def test_what_is_taken_is_waited_for(self, park: SimpleNamespace) -> None:
        booked(park.atlas, starts=TEN)
        answer = park.keeper.post("/en/bookings/new/", form(park))
        assert answer.context["way"].wait == TEN.isoformat()
        made = park.keeper.post("/en/bookings/new/", form(park, wait=answer.context["way"].wait))
        assert Occurrence.objects.latest("pk").status == Status.WAITING
        park.keeper.post(undo_of(made))
        assert Occurrence.objects.latest("pk").status == Status.CANCELLED

    def test_a_room_open_to_outsiders(self, park: SimpleNamespace) -> None:
        outsider = owner_of(hosted_company(SiteFactory(code="fes")))
        park.outsider = visitor(outsider)
        address = (
            f"/en/my/bookings/new/confirmation/?space={park.atlas.pk}&starts={DAY}T10:00&ends={DAY}T12:00"
        )
        assert park.outsider.get(address).status_code == 404
        BookingRule.objects.create(resource=park.atlas, audience="visitor", is_allowed=True, period=since())
        assert park.outsider.get(address).status_code == 200
        park.outsider.post(address, {"title": "Réunion"})
        assert Occurrence.objects.get().price == 200


class TestCancelling:
    @pytest.fixture
    def late(self, park: SimpleNamespace) -> Occurrence:
        """Booked an hour ago, cancelled for half of its price."""
        PriceRule.objects.create(unit=PriceUnit.HOUR, amount=100, period=since())
        BookingRule.objects.create(cancel_minutes=30 * 1440, cancel_percent=50, period=since())
        booking = booked(
            park.atlas, starts=TEN, company=park.company, organiser=park.company.memberships.get().person
        )
        Booking.objects.update(made_at=timezone.now() - timedelta(hours=1))
        return booking.occurrences.get()

    def test_what_stays_due_is_read_first(self, park: SimpleNamespace, late: Occurrence) -> None:
        address = f"/en/my/bookings/times/{late.pk}/cancellation/"
        answer = park.owner.post(address)
        assert answer.status_code == 422
        assert not Cancellation.objects.exists()
        asked = answer.context["form"]
        assert asked["due_seen"].value() == "50.00"
        park.owner.post(address, {"due_seen": "50.00"})
        assert Cancellation.objects.get().due == 50

    def test_of_a_whole_series_all_of_it_is_read(self, park: SimpleNamespace, late: Occurrence) -> None:
        series = booked(
            park.atlas,
            starts=TEN + timedelta(hours=3),
            company=park.company,
            organiser=late.booking.organiser,
            rule="FREQ=DAILY;COUNT=3",
        )
        Booking.objects.update(made_at=timezone.now() - timedelta(hours=1))
        address = f"/en/my/bookings/times/{series.occurrences.earliest('starts').pk}/cancellation/"
        assert park.owner.post(address, {"scope": "all", "due_seen": "50.00"}).status_code == 422
        assert not Cancellation.objects.exists()
        park.owner.post(address, {"scope": "all", "due_seen": "150.00"})
        assert sum(one.due for one in Cancellation.objects.all()) == 150

    def test_what_is_to_be_paid_then(self, park: SimpleNamespace, late: Occurrence) -> None:
        park.owner.post(f"/en/my/bookings/times/{late.pk}/cancellation/", {"due_seen": "50.00"})
        late.refresh_from_db()
        assert (late.price, late.owed, late.to_pay) == (100, 50, 50)
        assert (
            "due after cancellation" in park.keeper.get(f"/en/bookings/{late.booking_id}/").content.decode()
        )

    def test_staying_longer_says_what_it_costs(self, park: SimpleNamespace, late: Occurrence) -> None:
        assert park.owner.get(f"/en/my/bookings/{late.booking_id}/").context["longer"] == 50

    def test_those_who_keep_the_planning_may_waive_it(self, park: SimpleNamespace, late: Occurrence) -> None:
        address = f"/en/bookings/times/{late.pk}/cancellation/"
        assert "Nothing is due for it" in park.keeper.post(address).content.decode()
        park.keeper.post(address, {"waive": "on", "scope": "this"})
        assert Cancellation.objects.get().due == 0

    def test_a_mistake_of_a_moment_ago_costs_nothing(self, park: SimpleNamespace, late: Occurrence) -> None:
        Booking.objects.update(made_at=timezone.now())
        park.owner.post(f"/en/my/bookings/times/{late.pk}/cancellation/")
        assert Cancellation.objects.get().due == 0


class TestCredits:
    def test_granted_adjusted_and_exported(self, park: SimpleNamespace) -> None:
        root = f"/en/companies/{park.company.pk}/credits/"
        values = {
            "quantity": "300",
            "reason": "Pack",
            "since": f"{TODAY:%d/%m/%Y}",
            "until": "",
            "kinds": ["meeting_room"],
        }
        assert park.keeper.post(f"{root}new/", values).status_code == 302
        one = Lot.objects.get()
        assert (
            park.keeper.post(
                f"/en/credits/{one.pk}/adjustment/", {"quantity": "-50", "reason": "Erreur"}
            ).status_code
            == 302
        )
        assert Lot.objects.get().remaining == 250
        answer = park.keeper.post(
            f"/en/credits/{one.pk}/adjustment/", {"quantity": "-251", "reason": "Erreur"}
        )
        assert set(errors_of(answer)) == {"quantity"}
        assert set(errors_of(park.keeper.post(f"{root}new/", values | {"quantity": "0"}))) == {"quantity"}
        yesterday = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
        assert set(errors_of(park.keeper.post(f"{root}new/", values | {"until": yesterday}))) == {"until"}
        table = park.keeper.get(f"{root}export/csv/").content.decode()
        assert "-50" in table and "Pack" in table
        assert park.reception.get(root).status_code == 200
        assert park.reception.get(f"{root}new/").status_code in (403, 404)
