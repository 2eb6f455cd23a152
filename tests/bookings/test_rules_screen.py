"""Rules as those who run a site set them: since when, for whom, and that what was before ends."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from fondouk.bookings.actions import end_rule, set_rule
from fondouk.bookings.enums import Audience
from fondouk.bookings.models import BookingRule
from fondouk.bookings.queries import rules_for
from fondouk.bookings.terms import terms
from tests.factories import SiteFactory, staff
from tests.factories.bookings import room
from tests.visiting import errors_of, visitor

NEW = "/en/booking-rules/new/"
LIST = "/en/booking-rules/"
TODAY = timezone.localdate()


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    site, other = SiteFactory(code="rabat"), SiteFactory(code="fes")
    return SimpleNamespace(
        site=site,
        other=other,
        atlas=room(site=site, code="Atlas"),
        keeper=visitor(staff("spaces", site)),
        direction=visitor(staff("direction")),
    )


def said(**values: Any) -> dict[str, Any]:
    return {"since": f"{TODAY:%d/%m/%Y}", **values}


def of(space: Any, day: Any = TODAY, audience: Audience = Audience.RESIDENT) -> Any:
    return terms(rules_for([space], day), space, audience, day)


def test_a_rule_holds_from_its_day_and_the_one_before_ends(park: SimpleNamespace) -> None:
    park.keeper.post(NEW, said(site=park.site.pk, kind="meeting_room", notice_minutes="60"))
    later = TODAY + timedelta(days=30)
    park.keeper.post(
        NEW,
        said(site=park.site.pk, kind="meeting_room", notice_minutes="120") | {"since": f"{later:%d/%m/%Y}"},
    )
    assert of(park.atlas).notice_minutes == 60
    assert of(park.atlas, later).notice_minutes == 120
    # One in between ends at the next that is known.
    between = BookingRule(site=park.site, kind="meeting_room", notice_minutes=90)
    set_rule(between, since=TODAY + timedelta(days=10), by=None)
    assert [rule.period.upper for rule in BookingRule.objects.order_by("period")] == [
        TODAY + timedelta(days=10), later, None,
    ]  # fmt: skip
    shown = park.keeper.get(LIST).content.decode()
    assert "1 h ahead at least" in shown


def test_the_same_day_again_is_a_correction(park: SimpleNamespace) -> None:
    park.keeper.post(NEW, said(resource=park.atlas.pk, is_allowed="no"))
    assert not of(park.atlas).is_allowed
    park.keeper.post(NEW, said(resource=park.atlas.pk, needs_approval="yes"))
    assert of(park.atlas).is_allowed and of(park.atlas).needs_approval
    assert BookingRule.objects.count() == 1


def test_what_is_refused_says_so_beside_its_field(park: SimpleNamespace) -> None:
    for values, field in (
        ({"notice_minutes": "60"}, "site"),  # for all sites: not theirs
        ({"site": park.other.pk, "notice_minutes": "60"}, "site"),
        ({"site": park.site.pk}, "__all__"),
        ({"site": park.site.pk, "resource": park.atlas.pk, "notice_minutes": "1"}, "resource"),
        ({"site": park.site.pk, "step_minutes": "0"}, "step_minutes"),
        ({"site": park.site.pk, "shortest_minutes": "60", "longest_minutes": "30"}, "longest_minutes"),
        ({"site": park.site.pk, "horizon_days": "99999"}, "horizon_days"),
        ({"site": park.site.pk, "notice_minutes": "-1"}, "notice_minutes"),
    ):
        answer = park.keeper.post(NEW, said(**values))
        assert answer.status_code == 422, values
        assert set(errors_of(answer)) == {field}, values
    assert not BookingRule.objects.exists()


def test_ended_it_says_nothing_any_more(park: SimpleNamespace) -> None:
    rule = set_rule(BookingRule(site=park.site, is_allowed=False), since=TODAY - timedelta(days=9), by=None)
    ahead = set_rule(BookingRule(site=park.other, is_allowed=False), since=TODAY + timedelta(days=9), by=None)
    assert park.keeper.post(f"{LIST}{ahead.pk}/end/").status_code == 404
    park.keeper.post(f"{LIST}{rule.pk}/end/")
    assert of(park.atlas).is_allowed
    rule.refresh_from_db()
    assert rule.period.upper == TODAY
    end_rule(ahead, on=TODAY, by=None)
    assert not BookingRule.objects.filter(pk=ahead.pk).exists()


def test_the_direction_sets_rules_for_all_sites(park: SimpleNamespace) -> None:
    assert park.direction.post(NEW, said(audience="visitor", is_allowed="yes")).status_code == 302
    assert of(park.atlas, audience=Audience.VISITOR).is_allowed
    follow = park.direction.get(f"{NEW}?after={BookingRule.objects.get().pk}")
    assert follow.context["form"].initial["is_allowed"] is True


def test_the_page_of_a_space_says_who_may_book_it(park: SimpleNamespace) -> None:
    set_rule(BookingRule(resource=park.atlas, needs_approval=True), since=TODAY, by=None)
    shown = park.keeper.get(f"/en/spaces/{park.atlas.pk}/").content.decode()
    assert "needs approval" in shown
