"""What a row of a sheet of companies does."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from fondouk.companies.enums import LegalForm, MemberRole
from fondouk.companies.models import (
    Company,
    LegalIdentity,
    Membership,
    Sector,
    SectorAssignment,
    SectorSynonym,
    StageAssignment,
)
from fondouk.imports.periods import gap
from fondouk.imports.planning import Planner, Values, shown
from fondouk.imports.recognition import ReadSheet
from fondouk.lib.phones import Phone
from fondouk.lib.text import company_key, fold, squash
from fondouk.people.models import Person
from fondouk.sites.imports import SiteBook

from .book import CompanyBook, Dossier
from .contacts import Contact, contact_of
from .figures import FigureReader
from .stays import StayReader
from .words import FORMS

IDENTITY_FIELDS = (
    "legal_name", "legal_form", "ice", "rc", "rc_court", "if_number", "cnss", "tp", "incorporated_on",
)  # fmt: skip
KEY_LIMIT = 200
WEBSITE_LIMIT = 200


class CompanyPlanner(Planner):
    label_field = "name"

    def prepare(self) -> None:
        self.book = CompanyBook.of(self.context)
        self.sites = SiteBook.of(self.context)
        self.sectors = self._sectors()
        self.figures = FigureReader(self)
        self.stays = StayReader(self.sites, self.writer, self.context.today)
        self.seen: set[int] = set()
        self.keys_seen: dict[str, str] = {}
        self.ices_seen: dict[str, str] = {}
        """Where each stands in the book: sheet and row."""
        self.accepted: list[tuple[Dossier, Values]] = []

    def _sectors(self) -> dict[str, Sector]:
        """By every name: synonyms first, since the operator chose them."""
        sectors: dict[str, Sector] = {}
        for synonym in SectorSynonym.objects.select_related("sector"):
            sectors[synonym.folded] = synonym.sector
        for sector in Sector.objects.all():
            for name in (sector.code, sector.name_fr, sector.name_ar, sector.name_en):
                if squash(name):
                    sectors.setdefault(squash(name), sector)
        return sectors

    def plan_row(self, values: Values, sheet: ReadSheet) -> None:
        name = values.get("name")
        key = company_key(name) if name else ""
        if not key:
            if "name" not in values.bad:
                values.refuse("missing", "name", _("A company needs a name."))
            return
        if len(key) > KEY_LIMIT:
            values.refuse(
                "too long", "name", _("“%(value)s” is too long: %(limit)s signs at most."), limit=KEY_LIMIT
            )
            return
        if self._is_twice(values, key):
            return
        existing = self._existing(values, key)
        site = self.sites.resolve(values)
        sector = self._sector(values)
        stay = self.stays.check(values, existing, site, sheet)
        self._check_ice(values, existing)
        self.figures.check(values, sheet, existing)
        if values.plan.is_refused:
            return
        place = f"{values.plan.sheet} {values.plan.number}"
        self.keys_seen[key] = place
        if ice := values.get("ice"):
            self.ices_seen[ice] = place
        dossier = existing or self._new(values, key)
        self.seen.add(id(dossier))
        self._company(dossier, values, is_new=existing is None)
        self._identity(dossier, values)
        self.stays.write(dossier, values, stay)
        self._assign(dossier, values, sector)
        self._manager(dossier, values)
        self.figures.write(dossier, values, sheet)
        dossier.office = values.get("office") or ""
        self.accepted.append((dossier, values))
        if values.plan.effect != "unchanged":
            self.writer.tell("companies.company_imported", dossier.company)

    def continue_row(self, values: Values, sheet: ReadSheet) -> bool:
        """A company merged over several rows: what stands beside it further down is another person in charge."""
        last = self.accepted[-1][0] if self.accepted else None
        name = values.get("name")
        if last is None or not name or company_key(name) != last.company.key or values.plan.is_refused:
            return False
        self._manager(last, values)
        return True

    def _is_twice(self, values: Values, key: str) -> bool:
        ice = values.get("ice")
        if ice and ice in self.ices_seen:
            values.refuse(
                "duplicate",
                "ice",
                _(
                    "A company with this ICE stands higher up in the book (%(place)s). Remove the row, or correct its ICE."
                ),
                place=self.ices_seen[ice],
            )
            return True
        if key in self.keys_seen:
            values.refuse(
                "duplicate",
                "name",
                _(
                    "“%(value)s” stands higher up in the book (%(place)s), legal form and spelling aside. Keep one of "
                    "the two rows."
                ),
                place=self.keys_seen[key],
            )
            return True
        return False

    def _existing(self, values: Values, key: str) -> Dossier | None:
        ice = values.get("ice") or ""
        named, numbered = self.book.by_key.get(key), self.book.by_ice.get(ice)
        if named and numbered and named is not numbered:
            values.refuse(
                "duplicate",
                "ice",
                _(
                    "This ICE belongs to “%(other)s”, another company than the one of this name. Correct the ICE or "
                    "the name."
                ),
                other=numbered.company.name,
            )
        found = numbered or named
        if found is not None and id(found) in self.seen:
            values.refuse(
                "duplicate",
                "name",
                _("“%(value)s” is “%(other)s”, which stands higher up. Keep one of the two rows."),
                other=found.company.name,
            )
        merged = self.book.absorbed.get(ice) or self.book.absorbed.get(key)
        if found is None and merged is not None:
            values.refuse(
                "duplicate",
                "name",
                _(
                    "“%(value)s” was merged into “%(other)s”. Leave this row out, or give it the name of "
                    "the other."
                ),
                other=merged.company.name,
            )
        return found

    def _check_ice(self, values: Values, existing: Dossier | None) -> None:
        """The database holds each ICE once at any time, also in the past."""
        ice = values.get("ice")
        if not ice or values.plan.is_refused:
            return
        own = existing.identity_on(self.context.today) if existing else None
        if self.book.ice_taken(ice, own.period if own else self._identity_period(existing), own):
            values.refuse(
                "duplicate", "ice", _("Another company has or had this ICE. Correct one of the two.")
            )

    def _identity_period(self, dossier: Dossier | None) -> DateRange:
        return gap(
            self.context.today, [identity.period for identity in dossier.identities] if dossier else []
        )

    def _sector(self, values: Values) -> Sector | None:
        word = values.get("sector")
        if word is None:
            return None
        sector = self.sectors.get(squash(word))
        if sector is None:
            values.refuse(
                "sector",
                "sector",
                _("“%(value)s” is no known sector. Correct it, or add it to the synonyms in the settings."),
            )
        return sector

    def _new(self, values: Values, key: str) -> Dossier:
        company = Company(name=values.get("name"), key=key)
        self.writer.create(company)
        dossier = Dossier(company)
        self.book.add(dossier)
        values.plan.touch(created=True)
        return dossier

    def _company(self, dossier: Dossier, values: Values, *, is_new: bool) -> None:
        contact: Contact = values.get("manager") or Contact("")
        phone: Phone | None = values.get("phone") or contact.phone
        if phone is not None and not phone.plausible:
            values.warn(
                "phone", "phone", _("“%(value)s” does not look like a phone number. It is kept as it is.")
            )
        website = website_of(values.get("website"))
        if values.get("website") and website is None:
            values.warn("website", "website", _("“%(value)s” is no address of a website. It is not kept."))
        wanted = {
            "name_ar": values.get("name_ar"),
            "activity": values.get("activity"),
            "email": values.get("email") or contact.email,
            "phone": phone.display if phone else None,
            "website": website,
        }
        given = {field: value for field, value in wanted.items() if value}
        key = company_key(values.get("name"))
        if not is_new and key != dossier.company.key:
            # Only the ICE told them one. Another spelling of the same key changes nothing: what the console
            # says stands.
            values.warn(
                "name changed",
                "name",
                _(
                    "The ICE of this row is that of “%(before)s”, which takes the name “%(value)s”. Check the ICE if it is "
                    "another."
                ),
                before=dossier.company.name,
            )
            given |= {"name": values.get("name"), "key": key}
            self.book.by_key[key] = dossier
        values.change(self.writer, dossier.company, **given)
        values.plan.changes = [change for change in values.plan.changes if change[0] != "key"]

    def _identity(self, dossier: Dossier, values: Values) -> None:
        given = {field: values.get(field) for field in IDENTITY_FIELDS if values.get(field)}
        identity = dossier.identity_on(self.context.today)
        if given.get("legal_form") == LegalForm.OTHER and not FORMS.find(str(values.written("legal_form"))):
            values.warn(
                "legal form", "legal_form", _("“%(value)s” is no known legal form: it is kept as “other”.")
            )
        if not given.get("ice") and not (identity and identity.ice):
            values.warn(
                "no ice", "ice", _("The ICE is missing: it will be needed on contracts and invoices.")
            )
        if identity is None:
            if given:
                given = {"legal_name": dossier.company.name, **given}
                identity = LegalIdentity(
                    company=dossier.company, period=self._identity_period(dossier), **given
                )
                self.writer.create(identity)
                dossier.identities.append(identity)
                values.plan.touch()
        else:
            if identity.ice and given.get("ice") and identity.ice != given["ice"]:
                values.warn("ice changed", "ice", _("This ICE replaces %(before)s."), before=identity.ice)
                self.book.by_ice.pop(identity.ice, None)  # a row further down may have it
            values.change(self.writer, identity, **given)
        if identity is not None and given.get("ice"):
            self.book.by_ice[identity.ice] = dossier
            self.book.hold_ice(identity)

    def _assign(self, dossier: Dossier, values: Values, sector: Sector | None) -> None:
        """Sector and stage keep their history: a change closes what stood and opens another."""
        if sector is not None:
            self._follow(dossier, values, dossier.sectors, SectorAssignment, "sector", sector)
        if values.get("stage") is not None:
            self._follow(dossier, values, dossier.stages, StageAssignment, "stage", values.get("stage"))

    def _follow(
        self, dossier: Dossier, values: Values, known: list[Any], model: Any, field: str, value: Any
    ) -> None:
        today = self.context.today
        current = next((row for row in known if today in row.period), None)
        if current is None:
            period = gap(today, [row.period for row in known])
        elif getattr(current, field) == value:
            return
        elif current.period.lower == today:
            values.change(self.writer, current, **{field: value})
            return
        else:
            period = DateRange(today, current.period.upper)
            self.writer.update(current, period=DateRange(current.period.lower, today))
        record = model(company=dossier.company, period=period, **{field: value})
        self.writer.create(record)
        known.append(record)
        values.plan.changes.append((field, shown(current and getattr(current, field)), shown(value)))
        values.plan.touch()

    def _manager(self, dossier: Dossier, values: Values) -> None:
        contact: Contact | None = values.get("manager")
        if contact is None or not contact.name:
            return
        name = contact.name
        known = [member.person.name for member in dossier.team]
        # Somebody on record with the civility of an older book is the same person.
        if fold(name) in {fold(spelling) for other in known for spelling in (other, contact_of(other).name)}:
            return
        if dossier.team:
            values.warn(
                "manager",
                "manager",
                _("“%(name)s” joins the team, where %(others)s stays. End the place there of whoever left."),
                name=name,
                others=", ".join(known[:3]),
            )
        person = Person(name=name)
        self.writer.create(person)
        heading = contact.title or shown(values.heading("manager"))[:120]
        membership = Membership(
            person=person,
            company=dossier.company,
            role=MemberRole.OWNER,
            title=heading if squash(heading) != "contact" else "",
            period=DateRange(None, None),
        )
        self.writer.create(membership)
        dossier.team.append(membership)
        values.plan.changes.append(("team", "", name))
        values.plan.touch()

    def finish(self) -> None:
        """What each row says of an office, against the contracts known at the end of the book."""
        held: dict[int, set[str]] = self.context.shared.get("offices held", {})
        for dossier, values in self.accepted:
            if dossier.office and squash(dossier.office) not in held.get(id(dossier), set()):
                values.warn(
                    "office",
                    "office",
                    _("No contract of this company is for the office “%(value)s”: none is made."),
                )

    def totals(self) -> dict[str, int]:
        resident = [dossier for dossier, _values in self.accepted if self._is_hosted(dossier)]
        return {
            "companies": len(self.accepted),
            "companies_resident": len(resident),
            **self.figures.totals(resident),
        }

    def _is_hosted(self, dossier: Dossier) -> bool:
        return any(self.context.today in residency.period for residency in dossier.residencies)


def website_of(written: str | None) -> str | None:
    """A website with its scheme, or nothing when it is none."""
    if not written:
        return None
    address = written if "://" in written else f"https://{written}"
    try:
        URLValidator(schemes=["http", "https"])(address)
        parts = urlsplit(address)
    except (ValidationError, ValueError):
        return None
    return address if parts.netloc and len(address) <= WEBSITE_LIMIT else None
