"""Two spellings of one name meet; two names do not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fondouk.lib.text import ascii_digits, company_key, fold, initials, squash

FORMS = [
    "SARL",
    "SARL AU",
    "S.A.R.L.",
    "S.A.R.L A.U",
    "s a r l",
    "SARLAU",
    "SA",
    "S.A.",
    "SAS",
    "SAS AU",
    "SNC",
    "SCS",
]
FORMS += ["SCA", "auto-entrepreneur", "Coopérative", "ASSOCIATION", "ش.م.م", "ش.م", "شركة ذات مسؤولية محدودة"]
FORMS += ["شركة ذات المسؤولية المحدودة", "Société à responsabilité limitée", "(SARL)"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Œuvre ÉTÉ  Ça\u00a0là ", "oeuvre ete ca la"),
        ("Straße Ægir", "strasse aegir"),
        ("مُـؤَسَّسة", "موسسه"),
        ("أحمد إدريس آمنة", "احمد ادريس امنه"),
        ("سلمى", "سلمي"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("\u200fFondouk\u200f", "fondouk"),
        ("ﬁn №5", "fin no5"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squash(squash(text)) == squash(text)


@given(st.text("أإآٱىةœŒæßİÉéçﬁﷺ٣۳ـ\u0301\u064b\u0670 \u202f\u200f"))
def test_folding_twice_changes_nothing_where_it_works_hardest(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_digits_in_ascii_leave_the_rest_alone() -> None:
    assert ascii_digits("Été ٢٠٢٦") == "Été 2026"


def test_squashing_leaves_letters_and_digits() -> None:
    assert squash("L'Atelier - 3, Été!") == "latelier3ete"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["Khettara", "Sté Atlas Data", "خطارة للبرمجيات", "Café 21"])
def test_the_legal_form_is_set_aside_at_either_end(name: str, form: str) -> None:
    assert company_key(f"{name} {form}") == company_key(f"{form} {name}") == squash(name)
    assert company_key(f"{name.upper()}, {form.lower()}.") == squash(name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kasa", "kasa"),
        ("Sarlat", "sarlat"),
        ("Maison SA Frères", "maisonsafreres"),
        ("Sté Khettara", "stekhettara"),
        ("Société Khettara", "societekhettara"),
        ("Café au lait", "cafeaulait"),
        ("Khettara AU", "khettaraau"),
    ],
)
def test_what_is_no_legal_form_stays(name: str, key: str) -> None:
    assert company_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"), [("SARL", "sarl"), ("S.A.", "sa"), ("SARL SARL", "sarlsarl"), ("ش.م.م", "شمم")]
)
def test_a_name_that_is_only_a_legal_form_keeps_it(name: str, key: str) -> None:
    assert company_key(name) == key


@given(st.text(), st.sampled_from(FORMS))
def test_a_company_is_found_with_or_without_its_form(name: str, form: str) -> None:
    assume(company_key(f"x {name}") != "x")  # more than legal forms
    assume(squash(name))
    assert company_key(f"{name} {form}") == company_key(name)


@given(st.lists(st.sampled_from(["s", "a", "r", "l", "au", "sarl", "sas", "atlas", "ش", "م"]), max_size=6))
def test_a_key_is_empty_only_without_letters(words: list[str]) -> None:
    assert bool(company_key(" ".join(words))) == bool(words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Khettara", "Kh"),
        ("khettara", "Kh"),
        ("Salma Idrissi", "SI"),
        ("Salma El Idrissi", "SI"),
        ("école normale", "ÉN"),
        ("e\u0301cole", "Éc"),
        ("(3D) Print", "3P"),
        ("É", "É"),
        ("سلمى الإدريسي", "س إ"),
        ("خطارة", "خ ط"),
        ("& Co", "Co"),
        ("—", ""),
        ("", ""),
    ],
)
def test_initials_for_an_avatar(name: str, expected: str) -> None:
    assert initials(name) == expected
