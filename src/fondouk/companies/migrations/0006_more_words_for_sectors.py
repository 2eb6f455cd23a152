"""More names under which books know the three first sectors; what the operator has said of a word stands."""

from django.db import migrations

from fondouk.lib.text import squash

WORDS = {
    "ict": [
        "Développement logiciel", "Développement web", "Développement informatique", "Développement mobile", "Applications mobiles",
        "Services informatiques", "Services numériques", "Conseil IT", "Conseil informatique", "Intégration", "Infogérance", "Cloud",
        "SaaS", "Cyber sécurité", "Cyber security", "Cybersecurity", "Sécurité informatique", "AI", "Artificial intelligence",
        "Intelligence artificielle et data", "Big data", "Data science", "Blockchain", "IoT", "Internet des objets",
        "Objets connectés", "E-commerce", "Marketplace", "Insurtech", "Proptech", "Legaltech", "Govtech", "Web", "Web development",
        "Software development", "Software engineering", "Telecom", "Télécommunications", "Réseaux et télécoms", "Robotique",
        "Électronique", "Systèmes embarqués", "TIC / Logiciel", "برمجيات", "البرمجيات", "تطوير البرمجيات", "تطوير الويب",
        "الأمن السيبراني", "الذكاء الاصطناعي", "التجارة الإلكترونية", "الاتصالات",
    ],
    "green": [
        "Green", "Énergies", "Énergie solaire", "Solaire", "Photovoltaïque", "Éolien", "Efficacité énergétique", "Mobilité durable",
        "Mobilité électrique", "Économie circulaire", "Gestion des déchets", "Traitement de l'eau", "Eau et environnement",
        "Agriculture durable", "Agri-tech", "Clean tech", "Solar energy", "Water", "Waste management", "Sustainability",
        "Energy efficiency", "الطاقة", "الطاقة الشمسية", "الماء", "التنمية المستدامة", "النجاعة الطاقية",
    ],
    "creative": [
        "Video games", "Games", "Game development", "Développement de jeux", "Animation", "Animation 3D", "Graphisme",
        "Design graphique", "Graphic design", "Architecture et design", "Communication digitale", "Production audiovisuelle",
        "Production vidéo", "Cinéma", "Film", "Musique", "Music", "Édition", "Mode", "Fashion", "Photographie", "Réalité virtuelle",
        "XR", "Media", "ألعاب الفيديو", "السمعي البصري", "الإعلام", "الرسوم المتحركة",
    ],
}  # fmt: skip


def add(apps, schema_editor):
    sector_model = apps.get_model("companies", "Sector")
    synonym_model = apps.get_model("companies", "SectorSynonym")
    known = set(synonym_model.objects.values_list("folded", flat=True))
    for code, words in WORDS.items():
        sector = sector_model.objects.filter(code=code).first()
        if sector is None:
            continue
        for word in words:
            if squash(word) not in known:
                known.add(squash(word))
                synonym_model.objects.create(sector=sector, name=word, folded=squash(word))


class Migration(migrations.Migration):
    dependencies = [("companies", "0005_names")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
