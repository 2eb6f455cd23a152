"""Documents and notes of a company, from its page."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import (
    CompanyDocumentFactory,
    SiteFactory,
    hosted_company,
    ice,
    staff,
)
from tests.factories.frameworks import PDF
from tests.visiting import errors_of, visitor

ICE = ice(1_478_520_000_011)
NEW = "/fr/companies/new/"


@pytest.fixture
def park(db: None) -> SimpleNamespace:
    """A company on one site, its manager, and the manager of another."""
    site, other = SiteFactory(city="Casablanca"), SiteFactory(city="Fès")
    company = hosted_company(site, name="Atlas Data")
    return SimpleNamespace(
        site=site,
        other=other,
        company=company,
        url=f"/fr/companies/{company.pk}/",
        manager=visitor(staff("site_manager", site)),
        elsewhere=visitor(staff("site_manager", other)),
        direction=visitor(staff("direction")),
    )


class TestDocumentsAndNotes:
    def add(self, park: SimpleNamespace, name: str, content: bytes, **sent: str) -> Any:
        upload = SimpleUploadedFile(name, content)
        return park.manager.post(park.url + "documents/new/", {"upload": upload, "kind": "tax", **sent})

    def test_a_document_is_added_and_removed(self, park: SimpleNamespace) -> None:
        self.add(park, "attestation.pdf", PDF, expires_on="31/12/2027")
        document = park.company.documents.get()
        assert (document.title, document.expires_on) == ("attestation.pdf", date(2027, 12, 31))
        removal = f"{park.url}documents/{document.pk}/removal/"
        assert document.title in park.manager.get(removal).content.decode()
        assert park.manager.post(removal, {"confirmation": "autre"}).status_code == 422
        assert park.company.documents.exists()
        park.manager.post(removal, {"confirmation": document.title})
        assert not park.company.documents.exists()

    def test_what_is_said_of_a_document_is_changed(self, park: SimpleNamespace) -> None:
        self.add(park, "attestation.pdf", PDF)
        document = park.company.documents.get()
        sent = {"title": "Attestation 2027", "kind": "insurance", "expires_on": "31/12/2027"}
        park.manager.post(f"{park.url}documents/{document.pk}/", sent)
        document.refresh_from_db()
        assert (document.title, document.expires_on, document.is_for_members) == (
            "Attestation 2027",
            date(2027, 12, 31),
            False,
        )
        assert "équipe seulement" in park.manager.get(park.url + "documents/").content.decode()

    def test_a_long_name_is_no_error(self, park: SimpleNamespace) -> None:
        assert self.add(park, "a" * 240 + ".pdf", PDF).status_code == 302

    @pytest.mark.parametrize(
        ("name", "content"), [("page.pdf", b"<html><script>"), ("empty.pdf", b""), ("run.exe", b"MZ\x90\x00")]
    )
    def test_what_is_no_document_is_refused_beside_it(
        self, park: SimpleNamespace, name: str, content: bytes
    ) -> None:
        answer = self.add(park, name, content, title="Attestation fiscale")
        assert errors_of(answer).keys() == {"upload"}
        assert "Attestation fiscale" in answer.content.decode()

    def test_a_note_is_written(self, park: SimpleNamespace) -> None:
        park.manager.post(park.url + "notes/", {"text": "Rappeler en mars"})
        assert "Rappeler en mars" in park.manager.get(park.url + "activity/").content.decode()

    def test_a_long_note_is_read_whole_and_in_its_paragraphs(self, park: SimpleNamespace) -> None:
        park.manager.post(park.url + "notes/", {"text": "Rappeler en mars. " * 20 + "\n\nPuis en avril."})
        page = park.manager.get(park.url + "activity/").content.decode()
        assert "<p>Puis en avril.</p>" in page
        assert page.count("Rappeler en mars.") == 20

    def test_the_end_of_a_line_is_one_character_and_the_box_cuts_nothing(self, park: SimpleNamespace) -> None:
        page = park.manager.get(park.url + "activity/").content.decode()
        assert "maxlength" not in re.search(r"<textarea[^>]*>", page).group()  # type: ignore[union-attr]
        park.manager.post(park.url + "notes/", {"text": "\r\n".join(["x" * 99] * 40)})
        assert len(park.company.notes.get().text) == 3999

    def test_a_note_too_long_is_not_lost(self, park: SimpleNamespace) -> None:
        text = "Rappeler en mars. " * 300
        answer = park.manager.post(park.url + "notes/", {"text": text})
        assert answer.status_code == 200
        assert text.strip() in answer.content.decode()
        assert not park.company.notes.exists()

    def test_a_document_of_another_company_is_not_removed_from_here(self, park: SimpleNamespace) -> None:
        document = CompanyDocumentFactory()
        assert park.manager.post(f"{park.url}documents/{document.pk}/removal/").status_code == 404
