"""What a park is usually asked for; the operator changes it on screen."""

from django.db import migrations

CATEGORIES = [
    ("fault", "Internet et réseau", "الإنترنت والشبكة", "Internet and network", "wifi", 60, 8 * 60),
    ("fault", "Électricité et éclairage", "الكهرباء والإنارة", "Electricity and light", "bolt", 2 * 60, 16 * 60),
    ("fault", "Climatisation et chauffage", "التكييف والتدفئة", "Air conditioning and heating", "temperature", 4 * 60, 24 * 60),
    ("fault", "Eau et sanitaires", "الماء والمرافق الصحية", "Water and toilets", "droplet", 2 * 60, 16 * 60),
    ("fault", "Portes, serrures et mobilier", "الأبواب والأقفال والأثاث", "Doors, locks and furniture", "door", 4 * 60, 24 * 60),
    ("fault", "Autre panne", "عطل آخر", "Another fault", "tool", 4 * 60, 40 * 60),
    ("service", "Badge ou clé", "بطاقة أو مفتاح", "Badge or key", "id-badge", 4 * 60, 16 * 60),
    ("service", "Ménage", "التنظيف", "Cleaning", "wash", 4 * 60, 16 * 60),
    ("service", "Accès Internet", "الولوج إلى الإنترنت", "Internet access", "network", 8 * 60, 24 * 60),
    ("service", "Autre demande", "طلب آخر", "Another request", "help", 8 * 60, 40 * 60),
]


def seed(apps, schema_editor):
    category = apps.get_model("requests", "Category")
    for kind, name_fr, name_ar, name_en, icon, answer, resolve in CATEGORIES:
        category.objects.get_or_create(
            kind=kind,
            name_fr=name_fr,
            defaults={
                "name_ar": name_ar,
                "name_en": name_en,
                "icon": icon,
                "answer_minutes": answer,
                "resolve_minutes": resolve,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
