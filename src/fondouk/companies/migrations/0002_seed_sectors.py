"""The three sectors a network starts with, and the names under which books know them."""

from django.db import migrations

from fondouk.lib.text import squash

SECTORS = [
    ("ict", "Numérique", "الرقمنة", "Digital", "code",
     ["TIC", "T.I.C", "NTIC", "ICT", "IT", "Numérique", "Digital", "Informatique", "Technologies de l'information",
      "Technologie de l'information", "Technologies de l'information et de la communication", "Télécoms",
      "Information technology", "Tech", "Software", "Logiciel", "Logiciels", "Édition de logiciels", "Cybersécurité",
      "Intelligence artificielle", "IA", "Fintech", "Edtech", "Healthtech", "E-santé", "Data",
      "تكنولوجيا المعلومات", "تكنولوجيا المعلومات والاتصال", "الرقمنة", "المعلوميات"]),
    ("green", "Technologies vertes", "التكنولوجيا الخضراء", "Green technology", "leaf",
     ["Green Tech", "Green-tech", "GreenTech", "Cleantech", "Technologies vertes", "Technologie verte", "Énergies renouvelables",
      "Énergie renouvelable", "Environnement", "Développement durable", "Énergie", "Eau", "Recyclage", "Agritech",
      "Green technology", "Renewable energy", "Climate tech", "Économie verte",
      "التكنولوجيا الخضراء", "الطاقات المتجددة", "البيئة"]),
    ("creative", "Industries créatives", "الصناعات الإبداعية", "Creative industries", "palette",
     ["Ind. créatives", "Industries créatives", "Industries Creatives", "Industrie créative", "Industries culturelles et créatives",
      "ICC", "Créatif", "Culture", "Design", "Jeux vidéo", "Jeu vidéo", "Gaming", "Audiovisuel", "Média", "Médias",
      "Creative industries", "Creative", "Artisanat et design",
      "الصناعات الإبداعية", "الصناعات الثقافية والإبداعية", "التصميم"]),
]  # fmt: skip


def seed(apps, schema_editor):
    sector_model = apps.get_model("companies", "Sector")
    synonym_model = apps.get_model("companies", "SectorSynonym")
    for code, name_fr, name_ar, name_en, icon, synonyms in SECTORS:
        sector = sector_model.objects.create(
            code=code, name_fr=name_fr, name_ar=name_ar, name_en=name_en, icon=icon
        )
        known = {squash(name): name for name in reversed([code, name_fr, name_ar, name_en, *synonyms])}
        for folded, name in known.items():
            synonym_model.objects.create(sector=sector, name=name, folded=folded)


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
