"""Prospects and tours: once, answered, followed, called off, forgotten; and what the database forbids."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fondouk.audit.models import Entry
from fondouk.mail.actions import send_again
from fondouk.mail.enums import Delivery
from fondouk.mail.models import Message
from fondouk.people import privacy, retention
from fondouk.prospects.actions import (
    ProspectClosed,
    TourEnded,
    TourMoved,
    assign_prospect,
    change_prospect,
    close_prospect,
    end_tour,
    erase_prospect,
    follow_up,
    plan_tour,
    receive_prospect,
    remove_follow_up,
    reopen_prospect,
    resume_prospect,
    revive_tour,
    when_known,
    withdraw_prospect,
)
from fondouk.prospects.enums import Outcome, TourEnd
from fondouk.prospects.models import FollowUp, Prospect, Tour
from tests.factories import (
    CompanyFactory,
    FollowUpFactory,
    PersonEmailFactory,
    PersonFactory,
    ProspectFactory,
    SiteFactory,
    TourFactory,
    staff,
)
from tests.threads import together

pytestmark = pytest.mark.django_db
IN_THREE_DAYS = timedelta(days=3)


def asked(**given):
    return Prospect(**{"name": "Rim Tazi", "email": "rim@example.ma", "purpose": "settle", **given})


def span(hours=0, length=1):
    begins = timezone.now() + IN_THREE_DAYS + timedelta(hours=hours)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=length)}


def test_what_a_visitor_sends_is_kept_with_the_tour_and_answered_in_their_language():
    site = SiteFactory()
    prospect = receive_prospect(
        asked(site=site, language="ar", sent_key=uuid.uuid4()), tour=Tour(site=site, visitors=4)
    )
    assert Prospect.objects.open().get() == prospect
    assert prospect.tours.live().get().visitors == 4
    letter = Message.objects.get()
    assert letter.to == "rim@example.ma"
    assert letter.language == "ar"
    assert letter.person is None
    assert prospect.token in letter.text
    assert Entry.objects.get(verb="prospects.prospect_received").actor is None


def test_sent_twice_it_counts_once():
    key = uuid.uuid4()
    first = receive_prospect(asked(sent_key=key))
    assert receive_prospect(asked(sent_key=key)).pk == first.pk
    assert Prospect.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_letter_to_an_address_that_was_typed_says_nothing_that_was_typed():
    """Or anybody could have us write what they like to whom they like."""
    receive_prospect(asked(name="Gagnez https://x.example", message="https://y.example"))
    assert "x.example" not in Message.objects.get().text
    assert "y.example" not in Message.objects.get().text


def test_a_letter_is_text():
    tour = TourFactory(prospect=ProspectFactory(name="Rim d'Anfa"), starts_at=None, ends_at=None)
    plan_tour(tour, **span(), guide=None, by=PersonFactory())
    assert "Rim d'Anfa" in Message.objects.get().text


def test_undoing_a_note_brings_back_what_was_before():
    by, before = PersonFactory(), timezone.localdate()
    prospect = ProspectFactory(next_on=before)
    said = follow_up(prospect, "Rappelée.", next_on=None, by=by)
    remove_follow_up(said, noted=None, next_on=before, steward=None)
    prospect.refresh_from_db()
    assert (prospect.next_on, prospect.steward) == (before, None)


def test_a_change_leaves_alone_what_others_wrote_meanwhile():
    prospect = ProspectFactory()
    stale = Prospect.objects.get(pk=prospect.pk)
    withdraw_prospect(prospect)
    stale.phone = "+212522000000"
    change_prospect(stale, fields=["phone"], by=PersonFactory())
    assert Prospect.objects.get().outcome == Outcome.WITHDRAWN


def test_who_comes_to_a_site_is_seen_there():
    here, there = SiteFactory(), SiteFactory()
    account = staff("site_manager", here)
    tour = TourFactory(prospect=ProspectFactory(site=there), site=here)
    assert Prospect.objects.visible_to(account).get() == tour.prospect
    assert account.has_perm("prospects.edit", tour.prospect)
    assert not account.has_perm("prospects.erase", tour.prospect)  # that is for the site it is about
    end_tour(tour, TourEnd.CANCELLED, by=None)
    assert Prospect.objects.visible_to(account).exists()


def test_what_is_over_stays_to_be_told_of():
    """Closing a request does not say that this morning's visit was called off."""
    now = timezone.now()
    tour = TourFactory(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=2))
    close_prospect(tour.prospect, Outcome.SERVED, by=PersonFactory())
    assert Tour.objects.over(now).get() == tour
    with pytest.raises(ProspectClosed):
        close_prospect(tour.prospect, Outcome.LATER, by=PersonFactory())
    with pytest.raises(ProspectClosed):
        follow_up(tour.prospect, "Encore.", next_on=None, by=PersonFactory())


def test_nothing_has_taken_place_before_its_time():
    tour = TourFactory()
    with pytest.raises(ValidationError):
        end_tour(tour, TourEnd.DONE, by=None)
    assert Tour.objects.live().get() == tour


def test_a_visitor_takes_up_again_what_they_withdrew():
    tour = TourFactory(starts_at=None, ends_at=None)
    withdraw_prospect(tour.prospect)
    resume_prospect(tour.prospect)
    assert Prospect.objects.open().exists()
    assert Tour.objects.live().get() == tour
    close_prospect(tour.prospect, Outcome.UNFIT, by=PersonFactory())
    resume_prospect(tour.prospect)  # only what they withdrew themselves
    assert not Prospect.objects.open().exists()


def test_nobody_is_kept_who_cannot_be_answered():
    with pytest.raises(ValidationError) as refused:
        receive_prospect(asked(email=""))
    assert "email" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="prospect_can_be_answered"), transaction.atomic():
        ProspectFactory(email="", phone="")


def test_whoever_writes_first_follows_it():
    by, prospect = PersonFactory(), ProspectFactory()
    follow_up(prospect, "Rappelée.", next_on=timezone.localdate(), by=by)
    prospect.refresh_from_db()
    assert prospect.steward == by
    assert Prospect.objects.to_speak_to(timezone.localdate()).get() == prospect
    with pytest.raises(ValidationError) as refused:
        follow_up(prospect, "  ", next_on=None, by=by)
    assert "text" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="follow_up_says_something"), transaction.atomic():
        FollowUpFactory(text="")


def test_assigning_is_told_once():
    by, prospect = PersonFactory(), ProspectFactory()
    for _time in range(2):
        assign_prospect(prospect, by, by=by)
    assert Entry.objects.filter(verb="prospects.prospect_assigned").count() == 1
    assert assign_prospect(prospect, None, by=by).steward is None


def test_a_planned_tour_is_told_to_the_visitor_by_the_clock_of_the_site():
    tour = TourFactory(
        starts_at=None, ends_at=None, site=SiteFactory(zone="Asia/Tokyo", name="Parc de Kyoto")
    )
    begins = timezone.now().replace(hour=0, minute=30) + IN_THREE_DAYS
    plan_tour(tour, starts_at=begins, ends_at=begins + timedelta(hours=1), guide=None, by=PersonFactory())
    letter = Message.objects.get()
    assert "Parc de Kyoto" in letter.subject
    assert "09:30" in letter.text


def test_nobody_guides_two_tours_at_once():
    guide, by = PersonFactory(), PersonFactory()
    plan_tour(TourFactory(starts_at=None, ends_at=None), **span(), guide=guide, by=by)
    other = TourFactory(starts_at=None, ends_at=None)
    with pytest.raises(ValidationError) as refused:
        plan_tour(other, **span(0.5), guide=guide, by=by)
    assert "guide" in refused.value.message_dict
    plan_tour(other, **span(1), guide=guide, by=by)  # one after the other
    with pytest.raises(IntegrityError, match="tour_guide_at_one_place"), transaction.atomic():
        TourFactory(**span(0.5), guide=guide)
    TourFactory(**span(0.5), guide=guide, ended_as="cancelled", ended_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_the_same_guide_at_once_one_succeeds():
    guide, by = PersonFactory(), PersonFactory()
    tours = [TourFactory(starts_at=None, ends_at=None) for _number in range(4)]
    when = span()

    def plan(tour):
        try:
            plan_tour(Tour.objects.get(pk=tour.pk), **when, guide=guide, by=by, tell=False)
        except ValidationError:
            return False
        return True

    assert sorted(together(*[lambda tour=tour: plan(tour) for tour in tours])) == [False, False, False, True]
    assert Tour.objects.exclude(starts_at=None).count() == 1


def test_one_tour_at_a_time():
    tour = TourFactory()
    with pytest.raises(IntegrityError, match="tour_one_at_a_time"), transaction.atomic():
        TourFactory(prospect=tour.prospect)
    end_tour(tour, TourEnd.CANCELLED, by=None)
    TourFactory(prospect=tour.prospect)
    with pytest.raises(ValidationError):
        revive_tour(tour, by=PersonFactory())


@pytest.mark.parametrize(
    ("given", "constraint"),
    [
        ({"visitors": 0}, "tour_visitors_some"),
        ({"visitors": 201}, "tour_visitors_some"),
        ({"ends_at": None}, "tour_planned_as_a_whole"),
        ({"ended_as": "done"}, "tour_ended_as_a_whole"),
        (
            {"starts_at": None, "ends_at": None, "ended_as": "done", "ended_at": timezone.now()},
            "tour_held_was_planned",
        ),
    ],
)
def test_a_tour_is_planned_and_ended_as_a_whole(given, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TourFactory(**given)


def test_a_tour_ends_once():
    tour = TourFactory()
    end_tour(tour, TourEnd.CANCELLED, by=None)
    with pytest.raises(TourEnded):
        end_tour(tour, TourEnd.DONE, by=None)
    with pytest.raises(TourEnded):
        plan_tour(tour, **span(), guide=None, by=PersonFactory())
    assert Message.objects.count() == 1  # the visitor was told that it is off
    revive_tour(tour, by=PersonFactory())
    assert Tour.objects.live().get() == tour
    assert Message.objects.first().kind == "prospects.tour_planned"  # and that it is on again


def test_nothing_is_planned_for_whoever_has_withdrawn():
    tour = TourFactory()
    withdraw_prospect(tour.prospect)
    with pytest.raises(ProspectClosed):
        plan_tour(Tour(prospect=tour.prospect, site=tour.site), **span(), guide=None, by=PersonFactory())
    with pytest.raises(ProspectClosed):
        revive_tour(tour, by=PersonFactory())
    assert not Message.objects.exists()


def test_closing_calls_off_what_is_to_come_and_says_so():
    tour, by = TourFactory(), PersonFactory()
    close_prospect(tour.prospect, Outcome.LATER, by=by)
    tour.refresh_from_db()
    assert tour.ended_as == TourEnd.CANCELLED
    assert Message.objects.get().kind == "prospects.tour_cancelled"
    reopen_prospect(tour.prospect, by=by)
    assert Prospect.objects.open().exists()
    with pytest.raises(IntegrityError, match="prospect_closed_as_a_whole"), transaction.atomic():
        Prospect.objects.update(outcome=Outcome.LATER)


def test_who_became_a_company_names_it():
    prospect, by = ProspectFactory(), PersonFactory()
    with pytest.raises(ValidationError) as refused:
        close_prospect(prospect, Outcome.SETTLED, by=by)
    assert "company" in refused.value.message_dict
    company = CompanyFactory()
    assert close_prospect(prospect, Outcome.SETTLED, company=company, by=by).company == company


def test_a_visitor_withdraws_and_is_not_written_to_again():
    tour = TourFactory()
    withdraw_prospect(tour.prospect)
    withdraw_prospect(tour.prospect)
    assert Prospect.objects.get().outcome == Outcome.WITHDRAWN
    assert not Tour.objects.live().exists()
    assert not Message.objects.exists()


def test_a_link_that_is_not_ours_names_nobody():
    prospect = ProspectFactory()
    assert Prospect.objects.all().of_token(prospect.token) == prospect
    assert Prospect.objects.all().of_token(str(prospect.pk)) is None
    assert Prospect.objects.all().of_token(f"{prospect.pk + 1}.{prospect.token.partition('.')[2]}") is None


def test_erasing_takes_tours_notes_and_letters_with_it():
    site = SiteFactory()
    prospect = receive_prospect(asked(site=site), tour=Tour(site=site))
    FollowUpFactory(prospect=prospect)
    other = receive_prospect(asked(message="Autre chose"))
    prospect.email = "rim.tazi@example.ma"  # since the letter left
    change_prospect(prospect, fields=["email"], by=PersonFactory())
    erase_prospect(prospect, by=PersonFactory())
    assert Prospect.objects.get() == other
    assert not Tour.objects.exists()
    assert not FollowUp.objects.exists()
    kept, gone = Message.objects.order_by("-pk")
    assert other.token in kept.text
    assert prospect.token not in gone.text
    assert gone.to == "erased@erased.invalid"
    assert (gone.delivery, kept.delivery) == (Delivery.FORGOTTEN, Delivery.WAITING)  # what waits never leaves
    assert not send_again(gone)
    assert Entry.objects.filter(verb="prospects.prospect_erased").exists()


def test_what_was_closed_two_years_ago_goes_by_itself():
    old = timezone.now() - timedelta(days=800)
    ProspectFactory(outcome="later", closed_at=old)
    ProspectFactory(outcome="later", closed_at=timezone.now())
    ProspectFactory(asked_at=old)  # open, and nothing was heard of it since
    FollowUpFactory(prospect=ProspectFactory(asked_at=old))
    ProspectFactory(asked_at=old, next_on=timezone.localdate())
    rule = retention.RULES["prospects.prospects"]
    before = timezone.now() - timedelta(days=730)
    assert rule.count(before) == 2
    assert rule.remove(before) == 2
    assert Prospect.objects.count() == 3


def test_a_person_gets_a_copy_of_what_they_asked_and_takes_it_with_them():
    person = PersonFactory()
    PersonEmailFactory(person=person, address="rim@example.ma")
    ProspectFactory(email="Rim@example.ma", message="Un bureau ?")
    other = ProspectFactory()
    keeper = privacy.KEEPERS["prospects"]
    assert [one["message"] for one in keeper.collect(person)["requests"]] == ["Un bureau ?"]
    keeper.erase(person)
    assert Prospect.objects.get() == other


def test_a_change_is_refused_beside_its_field():
    prospect = ProspectFactory(phone="")
    prospect.email = ""
    with pytest.raises(ValidationError) as refused:
        change_prospect(prospect, fields=["email"], by=PersonFactory())
    assert "email" in refused.value.message_dict


def test_letters_of_a_demonstration_stay_in_the_house(settings):
    from fondouk.mail.actions import deliver

    settings.EMAIL_HOST = "mail.example"
    receive_prospect(asked())
    message = Message.objects.get()
    with mock.patch("fondouk.mail.marks.HOLDS", [lambda: True]):
        deliver(message.pk)
    message.refresh_from_db()
    assert message.delivery == Delivery.KEPT


def test_the_list_is_sorted_filtered_and_exported_alike(client):
    for name in ("Chama", "Amal", "Badr"):
        ProspectFactory(name=name)
    ProspectFactory(name="Dounia", outcome="later", closed_at=timezone.now())
    client.force_login(staff("direction"))
    query = "?state=open&sort=-name"
    page = client.get(f"/fr/prospects/{query}")
    assert [row.name for row in page.context["page"].object_list] == ["Chama", "Badr", "Amal"]
    assert 'aria-sort="descending"' in page.content.decode()
    sheet = client.get(f"/fr/prospects/export/csv/{query}").content.decode()
    assert [name for name in ("Chama", "Badr", "Amal", "Dounia") if name in sheet] == [
        "Chama",
        "Badr",
        "Amal",
    ]
    assert sheet.index("Chama") < sheet.index("Amal")
    assert client.get("/fr/prospects/?sort=nonsense").status_code == 200


def test_a_link_opens_no_other_request_that_bears_its_key_later():
    """Clearing a demonstration gives keys out again."""
    prospect = ProspectFactory()
    token = prospect.token
    Prospect.objects.filter(pk=prospect.pk).update(asked_at=timezone.now() + timedelta(days=1))
    assert Prospect.objects.all().of_token(token) is None


def test_two_who_plan_one_wish_do_not_overwrite_each_other():
    tour, by = TourFactory(starts_at=None, ends_at=None), PersonFactory()
    first, second = (Tour.objects.get(pk=tour.pk) for _number in range(2))
    plan_tour(first, **span(), guide=None, by=by, known=when_known(tour))
    with pytest.raises(TourMoved):
        plan_tour(second, **span(5), guide=None, by=by, known=when_known(tour))
    plan_tour(second, **span(5), guide=None, by=by)
    assert Tour.objects.get().moves == 1
    assert Message.objects.latest("pk").kind == "prospects.tour_moved"


def test_what_the_staff_called_off_stays_off_when_the_visitor_withdraws_and_comes_back():
    tour = TourFactory(starts_at=None, ends_at=None)
    end_tour(tour, TourEnd.CANCELLED, by=PersonFactory())
    withdraw_prospect(tour.prospect)
    resume_prospect(tour.prospect)
    assert not tour.prospect.tours.live().exists()


@pytest.mark.django_db(transaction=True)
def test_a_tour_that_ends_while_its_visitor_withdraws():
    for _number in range(4):
        tour, by = TourFactory(), PersonFactory()
        withdrawn, _ended = together(
            partial(withdraw_prospect, tour.prospect),
            partial(end_tour, tour, TourEnd.CANCELLED, by=by),
        )
        assert not isinstance(withdrawn, Exception)
        assert not Prospect.objects.get(pk=tour.prospect_id).is_open
        assert not tour.prospect.tours.live().exists()
