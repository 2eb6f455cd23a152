"""The company's page, its documents and its contracts."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fondouk.companies.models import CompanyDocument
from tests.factories import (
    CompanyDocumentFactory,
    ContractFactory,
    ContractLineFactory,
    NetworkFactory,
    ResourceFactory,
)
from tests.factories.frameworks import PDF

DETAILS = "/en/my/company/details/"
DOCUMENTS = "/en/my/documents/"


def test_the_legal_identity_is_there_to_read_and_a_mistake_is_told(member, cast):
    NetworkFactory(contact_email="contact@park.ma")
    identity = cast.company.identities.get()
    shown = member.get("/en/my/company/").content.decode()
    assert identity.ice in shown and identity.rc in shown
    assert "mailto:contact@park.ma?subject=" in shown


def test_an_owner_changes_the_contact_details(owner, cast):
    said = {"activity": "Sensors", "email": "hello@khettara.ma", "phone": "0522501234", "is_public": "on"}
    assert owner.post(DETAILS, {**said, "website": "khettara.ma"}).status_code == 302
    cast.company.refresh_from_db()
    assert (cast.company.activity, cast.company.email) == ("Sensors", "hello@khettara.ma")
    assert cast.company.phone == "+212 5 22 50 12 34"
    assert cast.company.website == "https://khettara.ma"
    assert cast.company.is_public


def test_the_name_is_not_the_owners_to_change(owner, cast):
    owner.post(DETAILS, {"name": "Another", "key": "another"})
    cast.company.refresh_from_db()
    assert cast.company.name == "Khettara"


def test_a_mistake_stands_beside_its_field(owner):
    answer = owner.post(DETAILS, {"email": "nobody", "phone": "12"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"email", "phone"}


def test_a_member_sees_why_they_cannot_change_them(member):
    assert "Only an owner of the company" in member.get("/en/my/company/").content.decode()
    assert member.get(DETAILS).status_code == 404


def test_an_owner_hands_in_a_document_and_the_team_downloads_it(owner, member, cast):
    upload = SimpleUploadedFile("assurance.pdf", PDF, "application/pdf")
    said = {"upload": upload, "kind": "insurance", "title": "", "expires_on": "31/12/2027"}
    assert owner.post(DOCUMENTS, said).status_code == 302
    document = CompanyDocument.objects.get(company=cast.company)
    assert (document.title, document.added_by) == ("assurance", cast.owner.person)
    answer = member.get(f"/files/{document.file_id}/")
    assert b"".join(answer.streaming_content) == PDF


def test_a_file_that_is_no_document_is_refused_beside_its_field(owner):
    upload = SimpleUploadedFile("statuts.pdf", b"<html><script>", "application/pdf")
    answer = owner.post(DOCUMENTS, {"upload": upload, "kind": "other"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["upload"]


def test_documents_of_the_staff_stay_with_the_staff(member, cast):
    secret = CompanyDocumentFactory(company=cast.company, title="Committee", is_for_members=False)
    assert "Committee" not in member.get(DOCUMENTS).content.decode()
    assert member.get(f"/files/{secret.file_id}/").status_code == 404


def test_a_member_adds_none(member):
    upload = SimpleUploadedFile("assurance.pdf", PDF, "application/pdf")
    assert member.post(DOCUMENTS, {"upload": upload, "kind": "other"}).status_code == 404
    assert "Only the company&#x27;s owner" in member.get(DOCUMENTS).content.decode()


def test_contracts_are_there_to_read(member, cast):
    contract = ContractFactory(company=cast.company, site=cast.site, reference="CTR-7")
    ContractLineFactory(contract=contract, resource=ResourceFactory(site=cast.site, code="B-204"))
    other = ContractFactory(reference="CTR-8")
    shown = member.get("/en/my/contracts/").content.decode()
    assert "CTR-7" in shown and "B-204" in shown and "Running" in shown
    assert other.reference not in shown
    assert contract.starts_on < timezone.localdate()
