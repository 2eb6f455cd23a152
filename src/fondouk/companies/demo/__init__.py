"""The companies of the demonstration: a quarter of a century of them, partners and funds beside."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, OuterRef, Subquery

from fondouk.audit.demo import told_at
from fondouk.companies.actions import add_member, assign_kinds, create_company, open_campaign
from fondouk.companies.enums import MemberRole, Mode
from fondouk.companies.models import Company, Figure, FigureCampaign, FigureRequest, Residency, Sector
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.people.actions import create_account, create_person
from fondouk.people.models import Person
from fondouk.sites.demo import CAST, DOMAIN, PARKS
from fondouk.sites.enums import Role
from fondouk.sites.models import Site

from .names import PARTNERS, VOICES, Names
from .story import lives
from .telling import Park, tell
from .writing import Bulk


def parks() -> dict[str, Park]:
    """By code, those that have opened."""
    people = {member: Person.objects.get(name=member.name, account__isnull=False) for member in CAST}
    staff = {member.role: person for member, person in people.items() if not member.site}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    return {
        park.code: Park(
            Site.objects.get(code=park.code),
            staff,
            next(
                person
                for member, person in people.items()
                if member.role == Role.SITE_MANAGER and member.site == park.code
            ),
            sectors,
        )
        for park in PARKS
        if park.course
    }


def _open_accounts(scene: Scene) -> None:
    """The head of one company and somebody of its team may sign in: one that has stayed, grown, and says its figures."""
    stayed = Residency.objects.filter(
        site__code=PARKS[0].code, mode=Mode.OFFICE, period__contains=scene.today, period__upper_inf=True,
        period__startswith__lte=scene.today - timedelta(days=1500),
    )  # fmt: skip
    known = (
        Company.objects.filter(pk__in=stayed.values("company"), is_public=True)
        .annotate(team=Count("memberships", distinct=True), said=Count("figures", distinct=True))
        .exclude(name_ar="")
        .filter(team__gte=min(4, 1 + scene.many(3)))
        .order_by("-said", "pk")
    )
    company = known.first()
    if company is None:
        return  # a very small network may have no such company
    memberships = list(company.memberships.select_related("person").order_by("-role", "pk"))
    for membership in (memberships[0], memberships[-1]):
        person = membership.person
        with told_at(working_moment(scene.today - timedelta(days=300), scene.chance("accounts", person.pk))):
            create_account(person=person, email=person.main_email, password=None, by=person)


def _ask(scene: Scene, by: Person) -> None:
    """Those who had not said last year's figures were asked for them some weeks ago. No letter leaves the house."""
    year = scene.today.year - 1
    began = max(date(year + 1, 1, 15), scene.today - timedelta(days=90))
    moment = working_moment(began, scene.chance("campaign"))
    with told_at(moment):
        campaign = open_campaign(FigureCampaign(year=year, due_on=scene.today + timedelta(days=21)), by=by)
    FigureCampaign.objects.update(opened_at=moment)
    said = Figure.objects.filter(
        company=OuterRef("company"), period__startswith=date(year, 1, 1), indicator="headcount"
    )
    asked = campaign.requests.annotate(
        said_at=Subquery(said.order_by("declared_at").values("declared_at")[:1])
    )
    chance = scene.chance("answers")
    written = [
        request
        for request in asked
        if request.address and not (request.said_at and request.said_at <= moment)
    ]
    for request in written:
        request.sent_at = moment
        if request.said_at:
            request.opened_at = request.answered_at = request.said_at
        elif chance.random() < 0.3:
            request.opened_at = moment + timedelta(days=chance.randrange(1, 8))
    FigureRequest.objects.bulk_update(written, ["sent_at", "opened_at", "answered_at"], batch_size=2000)


def load(scene: Scene) -> None:
    known, names, hand = parks(), Names(scene.chance("names")), Bulk()
    for life in lives(scene):
        tell(life, hand, names, known[life.park], scene)
    hand.write()
    _open_accounts(scene)
    partnerships = next(iter(known.values())).staff[Role.PARTNERSHIPS]
    _ask(scene, partnerships)
    chance = scene.chance("partners")
    for name, kind in PARTNERS:
        met = date(chance.randrange(2014, scene.today.year), chance.randrange(1, 13), chance.randrange(1, 28))
        with told_at(working_moment(met, chance)):
            partner = create_company(Company(name=name), by=partnerships)
            assign_kinds(partner, [kind], by=partnerships)
        partner.kinds.update(period=DateRange(met, None))
    _give_voices(scene, partnerships)


def _give_voices(scene: Scene, by: Person) -> None:
    """An investor and a partner whom the park has invited."""
    for number, (body, name, name_ar, title) in enumerate(VOICES):
        since = scene.today - timedelta(days=400 + 60 * number)
        with told_at(working_moment(since, scene.chance("voices", number))):
            address = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
            person = create_person(name=name, name_ar=name_ar, email=address, by=by)
            company = Company.objects.get(name=body)
            add_member(company, person, role=MemberRole.OWNER, title=title, since=since, by=by)
            create_account(person=person, email=address, password=None, by=person)
