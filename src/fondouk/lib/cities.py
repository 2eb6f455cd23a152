"""Names of Moroccan cities in French, Arabic and English as people write them, so that one finds the other."""

from __future__ import annotations

from typing import Final

from fondouk.lib.text import squash

CITIES: Final = (
    ("Casablanca", "Casa", "الدار البيضاء", "البيضاء", "كازا"),
    ("Rabat", "الرباط"),
    ("Tanger", "Tangier", "Tangiers", "طنجة"),
    ("Agadir", "أكادير", "أغادير"),
    ("Marrakech", "Marrakesh", "مراكش"),
    ("Fès", "Fez", "فاس"),
    ("Meknès", "مكناس"),
    ("Oujda", "وجدة"),
    ("Tétouan", "Tetuan", "تطوان"),
    ("Salé", "سلا"),
    ("Kénitra", "القنيطرة"),
    ("Témara", "تمارة"),
    ("Mohammedia", "المحمدية"),
    ("El Jadida", "الجديدة"),
    ("Safi", "آسفي"),
    ("Essaouira", "الصويرة"),
    ("Béni Mellal", "بني ملال"),
    ("Khouribga", "خريبكة"),
    ("Settat", "سطات"),
    ("Berrechid", "برشيد"),
    ("Nador", "الناظور"),
    ("Al Hoceïma", "الحسيمة"),
    ("Larache", "العرائش"),
    ("Khémisset", "الخميسات"),
    ("Taza", "تازة"),
    ("Errachidia", "الرشيدية"),
    ("Ouarzazate", "ورزازات"),
    ("Guelmim", "كلميم"),
    ("Laâyoune", "العيون"),
    ("Dakhla", "الداخلة"),
    ("Ifrane", "إفران"),
    ("Benguerir", "Ben Guerir", "ابن جرير", "بن جرير"),
)

_INDEX: Final = {squash(name): names for names in CITIES for name in names}


def city_names(name: str) -> tuple[str, ...]:
    """Every name of a city that is known by `name`, itself included."""
    return (name, *_INDEX.get(squash(name), ()))
