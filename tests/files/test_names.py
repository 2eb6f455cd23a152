"""Names from outside."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondouk.files.names import LONGEST, safe_name
from fondouk.files.sniffing import CSV, PDF


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("statuts.pdf", "statuts.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Salma\\statuts.pdf", "statuts.pdf"),
        ("عقد الكراء.pdf", "عقد الكراء.pdf"),
        ("two\nlines\r\n.pdf", "two lines .pdf"),
        ("nul\x00in\x07it.pdf", "nul in it.pdf"),
        ("invoice\u202efdp.pdf", "invoicefdp.pdf"),
        ("zero\u200bwidth\u2066.pdf", "zerowidth.pdf"),
        ("  spaced   out  .pdf", "spaced out .pdf"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("/", "file.pdf"),
        ("facture.exe", "facture.exe.pdf"),
        ("FACTURE.PDF", "FACTURE.PDF"),
    ],
)
def test_names_are_cleaned(written: str, kept: str) -> None:
    assert safe_name(written, PDF) == kept


def test_long_names_keep_their_ending() -> None:
    kept = safe_name("x" * 400 + ".pdf", PDF)
    assert kept.endswith("x.pdf")
    assert len(kept) <= LONGEST


@given(st.text(max_size=400), st.sampled_from([PDF, CSV, ""]))
def test_whatever_comes_it_is_one_visible_line_without_a_path(written: str, kind: str) -> None:
    kept = safe_name(written, kind)
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set("/\\\n\r\x00\u202e")
    assert all(unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} for sign in kept)
    assert not kept.startswith((".", " "))
    assert safe_name(kept, kind) == kept
