"""Names for the people of the demonstration, in both scripts. Whoever bears one of them is there by chance."""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.utils.text import slugify

MEN = [
    ("Adil", "عادل"), ("Ahmed", "أحمد"), ("Amine", "أمين"), ("Anas", "أنس"), ("Ayoub", "أيوب"), ("Badr", "بدر"),
    ("Bilal", "بلال"), ("Driss", "إدريس"), ("Fouad", "فؤاد"), ("Hamza", "حمزة"), ("Hicham", "هشام"), ("Idriss", "إدريس"),
    ("Ilyas", "إلياس"), ("Ismail", "إسماعيل"), ("Jalal", "جلال"), ("Karim", "كريم"), ("Khalid", "خالد"), ("Mehdi", "المهدي"),
    ("Mounir", "منير"), ("Nabil", "نبيل"), ("Othmane", "عثمان"), ("Rachid", "رشيد"), ("Reda", "رضا"), ("Said", "سعيد"),
    ("Samir", "سمير"), ("Soufiane", "سفيان"), ("Tarik", "طارق"), ("Walid", "وليد"), ("Yassine", "ياسين"), ("Youssef", "يوسف"),
    ("Zakaria", "زكرياء"), ("Ziad", "زياد"), ("Marouane", "مروان"), ("Nizar", "نزار"), ("Aziz", "عزيز"), ("Younes", "يونس"),
]  # fmt: skip
WOMEN = [
    ("Aicha", "عائشة"), ("Amal", "أمل"), ("Amina", "أمينة"), ("Asmae", "أسماء"), ("Chaimae", "شيماء"), ("Dounia", "دنيا"),
    ("Fatima", "فاطمة"), ("Ghita", "غيثة"), ("Hajar", "هاجر"), ("Hanane", "حنان"), ("Hind", "هند"), ("Houda", "هدى"),
    ("Ikram", "إكرام"), ("Imane", "إيمان"), ("Jihane", "جيهان"), ("Kawtar", "كوثر"), ("Khadija", "خديجة"), ("Lamiae", "لمياء"),
    ("Latifa", "لطيفة"), ("Leila", "ليلى"), ("Loubna", "لبنى"), ("Meryem", "مريم"), ("Mouna", "منى"), ("Nadia", "نادية"),
    ("Naima", "نعيمة"), ("Najat", "نجاة"), ("Nawal", "نوال"), ("Nisrine", "نسرين"), ("Oumaima", "أميمة"), ("Rim", "ريم"),
    ("Safae", "صفاء"), ("Salma", "سلمى"), ("Sanae", "سناء"), ("Siham", "سهام"), ("Yasmine", "ياسمين"), ("Zineb", "زينب"),
]  # fmt: skip
FAMILIES = [
    ("Alaoui", "العلوي"), ("Amrani", "العمراني"), ("Azzouzi", "العزوزي"), ("Bakkali", "البقالي"), ("Belkadi", "بلقاضي"),
    ("Benali", "بنعلي"), ("Bennani", "بناني"), ("Benjelloun", "بنجلون"), ("Bensaid", "بنسعيد"), ("Berrada", "برادة"),
    ("Boukhari", "البخاري"), ("Boutaleb", "بوطالب"), ("Chakir", "شاكر"), ("Cherkaoui", "الشرقاوي"), ("Daoudi", "الداودي"),
    ("El Fassi", "الفاسي"), ("El Idrissi", "الإدريسي"), ("El Khattabi", "الخطابي"), ("El Mansouri", "المنصوري"), ("Filali", "الفيلالي"),
    ("Ghazali", "الغزالي"), ("Hajji", "حجي"), ("Hamdaoui", "الحمداوي"), ("Haddad", "الحداد"), ("Jabri", "الجابري"), ("Kabbaj", "القباج"),
    ("Kadiri", "القادري"), ("Khalfi", "خلفي"), ("Lahlou", "لحلو"), ("Lamrani", "لمراني"), ("Lazrak", "لزرق"), ("Mernissi", "المرنيسي"),
    ("Mouline", "مولين"), ("Naciri", "الناصري"), ("Ouazzani", "الوزاني"), ("Ouhaddou", "أوحدو"), ("Rahmouni", "الرحموني"),
    ("Rifi", "الريفي"), ("Saadi", "السعدي"), ("Sebti", "السبتي"), ("Skalli", "الصقلي"), ("Slaoui", "السلاوي"), ("Tahiri", "الطاهري"),
    ("Tazi", "التازي"), ("Tijani", "التيجاني"), ("Touzani", "التوزاني"), ("Wahbi", "وهبي"), ("Yacoubi", "اليعقوبي"), ("Zaoui", "الزاوي"),
    ("Zniber", "زنيبر"),
]  # fmt: skip


@dataclass(frozen=True)
class Name:
    latin: str
    arabic: str
    is_woman: bool

    def address_at(self, domain: str) -> str:
        return f"{slugify(self.latin).replace('-', '.', 1).replace('-', '')}@{domain}"


def a_name(chance: random.Random, women: float = 0.35) -> Name:
    """`women` is the share of women among many."""
    is_woman = chance.random() < women
    first, family = chance.choice(WOMEN if is_woman else MEN), chance.choice(FAMILIES)
    return Name(f"{first[0]} {family[0]}", f"{first[1]} {family[1]}", is_woman)
