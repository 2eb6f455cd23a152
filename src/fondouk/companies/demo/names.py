"""Names and trades of companies that never were, in two scripts. A likeness with a real one is chance."""

from __future__ import annotations

import random

from fondouk.lib.text import company_key

FIRST = [
    ("Argane", "أركان"), ("Asfar", "أسفار"), ("Atlas", "أطلس"), ("Azul", "أزول"), ("Bahia", "الباهية"), ("Baraka", "بركة"),
    ("Barzakh", "برزخ"), ("Chergui", "الشركي"), ("Dalil", "دليل"), ("Darb", "درب"), ("Djebel", "جبل"), ("Fajr", "فجر"),
    ("Fanous", "فانوس"), ("Gharbi", "الغربي"), ("Hakaya", "حكاية"), ("Houria", "حورية"), ("Isli", "إسلي"), ("Jisr", "جسر"),
    ("Kasbah", "القصبة"), ("Khaima", "خيمة"), ("Khettara", "خطارة"), ("Kitab", "كتاب"), ("Lawha", "لوحة"), ("Louz", "لوز"),
    ("Madar", "مدار"), ("Manar", "منار"), ("Marsa", "مرسى"), ("Midad", "مداد"), ("Mizan", "ميزان"), ("Mourchid", "مرشد"),
    ("Nahda", "نهضة"), ("Nakhla", "نخلة"), ("Nawras", "نورس"), ("Noun", "نون"), ("Oued", "واد"), ("Qalam", "قلم"),
    ("Qamar", "قمر"), ("Qitar", "قطار"), ("Rahba", "رحبة"), ("Rihla", "رحلة"), ("Riwaq", "رواق"), ("Safina", "سفينة"),
    ("Sahrij", "صهريج"), ("Sanad", "سند"), ("Saqia", "ساقية"), ("Sirocco", "سيروكو"), ("Souss", "سوس"), ("Tafoukt", "تافوكت"),
    ("Talassemtane", "تلاسمطان"), ("Tarha", "طرحة"), ("Tifaout", "تيفاوت"), ("Tiziri", "تيزيري"), ("Warda", "وردة"), ("Yasmine", "ياسمين"),
    ("Zaafrane", "زعفران"), ("Zellige", "زليج"), ("Zitoun", "زيتون"), ("Zouhour", "زهور"),
]  # fmt: skip
TRADES: dict[str, list[tuple[str, str, str]]] = {
    "ict": [
        ("Santé", "للصحة", "Logiciels pour cliniques et cabinets médicaux"),
        ("Data", "للبيانات", "Analyse de données pour la distribution"),
        ("Pay", "للأداء", "Paiement mobile pour les commerçants"),
        ("Cloud", "كلاود", "Hébergement et sauvegarde pour petites entreprises"),
        ("Cyber", "سيبر", "Audit de sécurité et surveillance des réseaux"),
        ("École", "للتعليم", "Formation en ligne aux métiers du numérique"),
        ("Logistique", "للوجستيك", "Suivi de flottes et de livraisons"),
        ("Robotique", "روبوتيك", "Robots d’inspection pour l’industrie"),
        ("Conseil", "للاستشارة", "Conseil et intégration de progiciels"),
        ("Mobile", "موبايل", "Applications mobiles pour services publics"),
        ("Langues", "للغات", "Traitement automatique du darija et de l’amazighe"),
        ("Assur", "للتأمين", "Outils pour courtiers d’assurance"),
        ("Foncier", "للعقار", "Cartographie et gestion du foncier"),
        ("Voix", "صوت", "Centres d’appels assistés par la voix"),
    ],
    "green": [
        ("Énergie", "للطاقة", "Énergie solaire pour l’agriculture"),
        ("Eau", "للماء", "Capteurs pour l’irrigation"),
        ("Recyclage", "للتدوير", "Valorisation des déchets électroniques"),
        ("Agri", "للفلاحة", "Conseil aux exploitations par images satellite"),
        ("Mobilité", "للتنقل", "Bornes de recharge et vélos partagés"),
        ("Climat", "للمناخ", "Bilan carbone des entreprises exportatrices"),
    ],
    "creative": [
        ("Jeux", "للألعاب", "Jeux vidéo inspirés des contes du Maghreb"),
        ("Studio", "ستوديو", "Animation et effets visuels"),
        ("Design", "للتصميم", "Design d’objets et de services"),
        ("Édition", "للنشر", "Livres et bandes dessinées numériques"),
        ("Musique", "للموسيقى", "Production et distribution musicale"),
        ("Patrimoine", "للتراث", "Visites de musées en réalité augmentée"),
        ("Mode", "للأزياء", "Mode et textile sur mesure en ligne"),
    ],
}
PARTNERS = (
    ("Université du Rivage", "university"), ("École d’ingénieurs des Deux Mers", "university"), ("Fablab du Port", "fablab"),
    ("Fablab Medina", "fablab"), ("Banque du Littoral", "bank"), ("Fonds Amorçage Sahel", "fund"), ("Fonds Croissance Atlas", "fund"),
    ("Fonds Impact Oasis", "fund"), ("Capital Détroit", "fund"), ("Groupe Électrique du Sud", "large_company"),
    ("Transports Réunis du Nord", "large_company"), ("Agence régionale du numérique", "administration"),
    ("Fédération des entreprises du logiciel libre", "federation"), ("Association des parcs du Sud", "partner"),
)  # fmt: skip
"""Invented bodies, each of one kind."""
VOICES = (
    ("Fonds Amorçage Sahel", "Kenza Benhima", "كنزة بنهيمة", "Directrice des participations"),
    ("Banque du Littoral", "Othmane Sqalli", "عثمان الصقلي", "Responsable des jeunes entreprises"),
)
"""Who speaks for an investor and for a partner: they sign in, and see what a company's people see."""


class Names:
    """Each name once."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.taken: set[str] = set()

    def of(self, sector: str) -> tuple[str, str, str]:
        """A name in Latin letters, the same in Arabic, and what the company does."""
        number = 0
        while True:
            number += 1
            first, trade = self.chance.choice(FIRST), self.chance.choice(TRADES[sector])
            pattern = self.chance.randrange(3)
            latin = (f"{first[0]} {trade[0]}", f"{trade[0]} {first[0]}", first[0] + trade[0].lower())[pattern]
            suffix = f" {number // 40 + 1}" if number >= 40 else ""  # a large network runs out of words
            if (key := company_key(latin + suffix)) not in self.taken:
                self.taken.add(key)
                return latin + suffix, f"{first[1]} {trade[1]}{suffix}", trade[2]
