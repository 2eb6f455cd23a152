"""What is issued, judged by others: EN 16931 in both syntaxes, PDF/A-3 with Factur-X, and what a reader reads in it."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from fondouk.billing.actions import draft, issue
from fondouk.billing.enums import Nature, Unit
from fondouk.billing.models import Invoice
from fondouk.billing.papers import grouped_rib, paper_of
from fondouk.billing.structured import FILE_NAME, to_cii, to_ubl
from fondouk.lib.money import Money
from fondouk.lib.words import amount_in_words
from tests.factories.billing import RIB, billed_site, charged, credited, customer, drafted, issued, vat

pytestmark = pytest.mark.django_db
LABELS = {
    "fr": "Loyer de B-204, convention CAS-2025-0012",
    "ar": "كراء B-204، اتفاقية CAS-2025-0012",
    "en": "Rent of B-204",
}


def rich(language: str, **values: Any) -> Invoice:
    """Square metres, a discount, four decimals, three rates of tax and a ground for none; to be paid by order."""
    site, to = billed_site(), customer(language=language, purchase_reference="BC-2026-118", **values)
    rows = [
        charged(
            to, site, 100, quantity=Decimal("24.5"), unit=Unit.SQUARE_METRE, labels=LABELS,
            period=(date(2026, 11, 1), date(2026, 12, 1)),
        ),
        charged(to, site, "333.3333", nature=Nature.SERVICE, discount=Decimal("33.33"), labels={"fr": "Parking <P1> & P2"}),
        charged(to, site, 120, vat_code=vat("TVA10").pk, labels={"fr": "Restauration"}),
        charged(to, site, 900, vat_code=vat("NU").pk, labels={"fr": "Réserve"}),
        charged(to, site, 10, quantity=Decimal(-1), labels={"fr": "Geste commercial"}),
    ]  # fmt: skip
    (made,) = draft([row.pk for row in rows], day=timezone.localdate(), by=None).invoices
    issue([made.pk], by=None)
    return Invoice.objects.get(pk=made.pk)


def written(invoice: Invoice) -> tuple[bytes, bytes]:
    lines, taxes = list(invoice.lines.all()), list(invoice.taxes.all())
    return to_cii(invoice, lines, taxes), to_ubl(invoice, lines, taxes)


class TestAsData:
    @pytest.mark.parametrize("language", ["fr", "ar"])
    def test_schemas_and_rules_of_en_16931(self, language: str) -> None:
        from tests.billing.validators import faults_of_data

        invoice = rich(language)
        (part, *_others) = invoice.lines.order_by("position")
        for one in (invoice, credited(invoice, {part.pk: Decimal("0.37")}), credited(invoice)):
            for content in written(one):
                assert faults_of_data(content) == []

    def test_the_judges_judge(self) -> None:
        from tests.billing.validators import faults_of_data

        for content in written(rich("fr")):
            broken = re.sub(
                rb"(<(?:ram:GrandTotalAmount|cbc:TaxInclusiveAmount[^>]*)>)[0-9.]+", rb"\g<1>1.00", content
            )
            assert broken != content
            assert any("BR-CO-15" in fault for fault in faults_of_data(broken))

    def test_the_day_to_pay_is_said(self) -> None:
        """BR-CO-25, which the rules of CEN have dropped and others still ask for."""
        invoice = issued(customer(), billed_site())
        cii, ubl = written(invoice)
        assert f"{invoice.due_on:%Y%m%d}".encode() in cii
        assert f"<cbc:DueDate>{invoice.due_on}".encode() in ubl

    def test_without_an_ice_an_order_or_a_rib(self) -> None:
        from fondouk.billing.models import Profile
        from tests.billing.validators import faults_of_data

        site, to = billed_site(), customer()
        Profile.objects.update(rib="", bank="")
        to.company.identities.all().delete()
        for content in written(issued(to, site)):
            assert faults_of_data(content) == []


class TestOnPaper:
    @pytest.mark.parametrize("language", ["fr", "ar", "en"])
    def test_pdf_a_3_with_the_data_inside(self, language: str, tmp_path: Path) -> None:
        from facturx import get_level, get_xml_from_pdf, xml_check_xsd

        from tests.billing.validators import faults_of_pdf

        invoice = rich(language)
        for one in (invoice, credited(invoice), drafted(customer(), invoice.site)):
            made = paper_of(one)
            path = tmp_path / "paper.pdf"
            path.write_bytes(made)
            assert faults_of_pdf(path) == []
            reader = PdfReader(io.BytesIO(made))
            if not one.is_issued:
                assert reader.attachments == {}
                continue
            name, content = get_xml_from_pdf(made, check_xsd=True)
            assert (name, content) == (FILE_NAME, written(one)[0])
            assert xml_check_xsd(content, level="en16931")
            from lxml import etree

            assert get_level(etree.fromstring(content)) == "en16931"
            metadata = reader.xmp_metadata
            assert metadata is not None
            said = metadata.stream.get_data().decode()
            assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in said

    def test_a_call_for_a_deposit_carries_no_invoice(self, tmp_path: Path) -> None:
        from tests.billing.validators import faults_of_pdf

        deposit = issued(customer(), billed_site(), 9000, nature=Nature.DEPOSIT, vat_code=vat("DEPOT").pk)
        made = paper_of(deposit)
        path = tmp_path / "paper.pdf"
        path.write_bytes(made)
        assert faults_of_pdf(path) == []
        reader = PdfReader(io.BytesIO(made))
        assert reader.attachments == {}
        assert "Appel de dépôt de garantie" in reader.pages[0].extract_text()

    def test_every_mention_that_the_law_asks_for(self) -> None:
        """CGI, art. 145-III, read back from the page."""
        invoice = rich("fr")
        text = PdfReader(io.BytesIO(paper_of(invoice))).pages[0].extract_text()
        said = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
        seller, buyer = invoice.seller or {}, invoice.buyer or {}
        for word in (
            invoice.reference, seller["name"], seller["ice"], seller["if"], seller["tp"], seller["rc"], seller["cnss"],
            buyer["name"], buyer["ice"], "12, rue des Orangers", "24,5", "100,00", "20 %", "10 %", "BC-2026-118",
            "Locaux non équipés, hors du champ de la TVA", "capital social de 46 000 000 DH", grouped_rib(RIB),
            "du 1er novembre 2026 au 30 novembre 2026", amount_in_words(Money(invoice.total, "MAD"), "fr"),
        ):  # fmt: skip
            assert str(word) in said, word

    def test_arabic_is_shaped_and_in_order(self) -> None:
        invoice = rich("ar")
        text = PdfReader(io.BytesIO(paper_of(invoice))).pages[0].extract_text()
        letters = "".join(sorted(set(re.sub(r"\s", "", text))))
        assert "ف" in letters
        # Letters as they are written, not their presentation forms: what is copied out of it can be searched.
        assert not re.search("[\ufb50-\ufdff\ufe70-\ufeff]", text)
        assert str(invoice.reference) in text

    def test_many_lines_go_on_over_pages(self, tmp_path: Path) -> None:
        from tests.billing.validators import faults_of_pdf

        invoice = issued(customer(), billed_site(), *range(1, 91))
        made = paper_of(invoice)
        assert len(PdfReader(io.BytesIO(made)).pages) >= 3
        path = tmp_path / "paper.pdf"
        path.write_bytes(made)
        assert faults_of_pdf(path) == []

    def test_it_is_the_same_each_time(self) -> None:
        invoice = rich("fr")
        assert PdfReader(io.BytesIO(paper_of(invoice))).pages[0].extract_text() == (
            PdfReader(io.BytesIO(paper_of(invoice))).pages[0].extract_text()
        )
