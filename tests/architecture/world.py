"""One of everything, and somebody in every role: what the table of permissions is tried on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.utils import timezone

from fondouk.access.actions import give_right, give_wifi
from fondouk.access.models import DoorRight
from fondouk.billing.models import BillingRun
from fondouk.bookings.models import BookingRule
from fondouk.companies.actions import open_campaign
from fondouk.companies.models import CompanyMerge, FigureCampaign
from fondouk.files.models import StoredFile
from fondouk.impact.actions import note_official, publish_edition
from fondouk.impact.models import OfficialFigure
from fondouk.openings.models import Opening, OpeningStep, PlannedSpace
from fondouk.spaces.actions import NewSpace, relay
from fondouk.spaces.models import Layout
from fondouk.webhooks.actions import send_test
from tests.factories import (
    AccountFactory,
    BookFactory,
    CompanyDocumentFactory,
    CompanyFactory,
    ContractFactory,
    ContractLineFactory,
    FeastFactory,
    FigureFactory,
    FloorFactory,
    FollowUpFactory,
    GrantFactory,
    HoursOverrideFactory,
    ImportFactory,
    InvitationFactory,
    MessageFactory,
    NetworkFactory,
    NewsFactory,
    OpeningHoursFactory,
    OperatorFactory,
    PersonFactory,
    ProcessingFactory,
    ProspectFactory,
    QuestionFactory,
    ResourceFactory,
    SavedFilterFactory,
    SiteFactory,
    TokenFactory,
    TourFactory,
    finished_job,
    hosted_company,
    owner_of,
    since,
    staff,
)
from tests.factories.access import badge, door, server, service
from tests.factories.billing import (
    bank_file,
    bank_lines,
    billing_operator,
    charged,
    customer,
    drafted,
    issued,
    received,
    vat,
)
from tests.factories.bookings import booked, closed, room
from tests.factories.credits import lot
from tests.factories.displays import hung_up
from tests.factories.reception import expected
from tests.factories.requests import asked
from tests.factories.webhooks import endpoint

ROLES = (
    "anonymous",
    "outsider",
    "member",
    "owner",
    "elsewhere",
    "reception",
    "manager",
    "direction",
    "administrator",
)
"""`elsewhere` is reception of another site, `manager` and `reception` of the site; the last two of the whole network."""


@dataclass
class World:
    """A company hosted on a site, its contract, its papers; a book, an import, a job, a message."""

    accounts: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def make(cls) -> World:
        world: Any = cls()
        NetworkFactory(contact_email="contact@example.com")
        world.site = SiteFactory(code="casablanca", city="Casablanca")
        world.other_site = SiteFactory(code="rabat", city="Rabat")
        OpeningHoursFactory(site=world.site)
        world.phase = world.site.phases.first()
        world.override = HoursOverrideFactory(site=world.site)
        world.company = hosted_company(world.site, name="Khettara", is_public=True)
        world.residency = world.company.residencies.get()
        FigureFactory(company=world.company, value=11)
        world.space = ResourceFactory(site=world.site, code="B-204")
        world.closure = closed(room(site=world.site, code="Thuya"))
        world.meeting_room = room(site=world.site, code="Cèdre")
        world.display, world.door_secret = hung_up(world.meeting_room)
        world.delivery = send_test(endpoint())
        world.visit = expected(site=world.site, company=world.company)
        world.request = asked(site=world.site, company=world.company, resource=world.space)
        world.category = world.request.category
        world.lot = lot(world.company)
        world.operator_of_site = billing_operator(world.site)
        world.customer = customer(world.company)
        world.invoice = issued(world.customer, world.site)
        world.draft_invoice = drafted(world.customer, world.site)
        world.charge = charged(world.customer, world.site)
        world.payment = received(world.customer, world.site, 50, {world.invoice.pk: 50})
        world.settlement = world.payment.settlements.get()
        world.billing_run = BillingRun.objects.create(month=date(2026, 11, 1))
        world.billing_run.sites.add(world.site)
        world.vat_code = vat()
        world.bank_file = bank_file(world.operator_of_site)
        world.bank_line = bank_lines(world.operator_of_site, ("Virement", 70))[0]
        world.booking = booked(room(site=world.site, code="Atlas"))
        world.occurrence = world.booking.occurrences.get()
        world.booking_rule = BookingRule.objects.create(
            site=world.site, notice_minutes=60, period=(None, None)
        )
        world.contract = ContractFactory(company=world.company, site=world.site)
        ContractLineFactory(contract=world.contract, resource=world.space)
        world.document = CompanyDocumentFactory(company=world.company)
        absorbed = CompanyFactory(name="Khettara Maroc", merged_into=world.company)
        world.merge = CompanyMerge.objects.create(kept=world.company, absorbed=absorbed)
        world.operator = OperatorFactory()
        world.feast = FeastFactory()
        world.processing = ProcessingFactory()
        world.year = timezone.localdate().year - 1
        world._people()
        world._frameworks()
        world.floor = FloorFactory(building__site=world.site)
        world.layout = relay(
            Layout(site=world.site, starts_on=timezone.localdate() + timedelta(days=40), reason="Cloison"),
            goes=[room(site=world.site, floor=world.floor, code="Arganier")],
            comes=[NewSpace("Arganier 1", "office", Decimal(12)), NewSpace("Arganier 2", "office")],
            by=PersonFactory(),
        )
        world.service = service(world.company)
        world.server, _secret = server(world.site)
        world.badge = badge(company=world.company)
        world.door, _secret = door(site=world.site)
        world.right = give_right(DoorRight(door=world.door, period=since()), by=world.person)
        world.wifi, _password = give_wifi(world.person, world.company, by=None)
        return world  # type: ignore[no-any-return]

    def _people(self: Any) -> None:
        self.accounts = {
            "anonymous": AnonymousUser(),
            "outsider": AccountFactory(),
            "member": owner_of(self.company, role="member"),
            "owner": owner_of(self.company),
            "elsewhere": staff("reception", self.other_site),
            "reception": staff("reception", self.site),
            "manager": staff("site_manager", self.site),
            "direction": staff("direction"),
            "administrator": staff("administrator"),
        }
        self.person = self.accounts["member"].person
        self.own_booking = booked(
            room(site=self.site, code="Rif"), organiser=self.person, company=self.company, title="Point"
        )
        self.own_occurrence = self.own_booking.occurrences.get()
        self.membership = self.person.memberships.get()
        self.grant = GrantFactory(person=self.accounts["reception"].person, role="events", site=self.site)
        self.invitation = InvitationFactory(secret="a-secret")
        self.token = TokenFactory(account=self.accounts["member"])
        self.filter = SavedFilterFactory(person=self.accounts["manager"].person)

    def _frameworks(self: Any) -> None:
        text = "Société;ICE\nKhettara;\n".encode()
        stored = StoredFile(name="classeur.csv", content_type="text/csv", size=len(text), sha256="0" * 64)
        stored.content.save("classeur.csv", ContentFile(text), save=False)
        stored.save()
        self.book = BookFactory(file=stored)
        self.run = ImportFactory()
        self.job = finished_job(started_by=self.accounts["administrator"].person)
        self.message = MessageFactory()
        due = timezone.localdate() + timedelta(days=30)
        self.campaign = open_campaign(FigureCampaign(year=self.year, due_on=due), by=None)
        self.asked = self.campaign.requests.first()
        figure = OfficialFigure(
            code="ict_turnover", year=self.year, value=10**9, scope="all", source="a book"
        )
        self.official = note_official(figure, by=None)
        self.edition = publish_edition(self.year, by=None)
        self._public_site()

    def _public_site(self: Any) -> None:
        self.prospect = ProspectFactory(site=self.site)
        self.tour = TourFactory(prospect=self.prospect, site=self.site)
        self.said = FollowUpFactory(prospect=self.prospect)
        self.opening = Opening.objects.create(site=self.site)
        PlannedSpace.objects.create(opening=self.opening, kind="startup_office", count=8)
        hosted_company(self.other_site)
        self.step = OpeningStep.objects.create(opening=self.opening, title="Peindre")
        self.question = QuestionFactory(is_public=True)
        self.news = NewsFactory(title_fr="Un prix")
