"""The main rates, and the grounds on which a hub may ask no tax: all of them are the operator's to change."""

from datetime import date
from decimal import Decimal

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

SINCE = date(2024, 1, 1)
CODES = [
    ("TVA20", "S", "20", ("TVA à 20 %", "الضريبة على القيمة المضافة 20%", "VAT at 20 %"), ("", "", "")),
    ("TVA10", "S", "10", ("TVA à 10 %", "الضريبة على القيمة المضافة 10%", "VAT at 10 %"), ("", "", "")),
    (
        "NU", "E", "0",
        ("Locaux non équipés", "محلات غير مجهزة", "Unequipped premises"),
        (
            "Locaux non équipés, hors du champ de la TVA",
            "محلات غير مجهزة، خارج نطاق الضريبة على القيمة المضافة",
            "Unequipped premises, outside the scope of VAT",
        ),
    ),
    (
        "DEPOT", "O", "0",
        ("Dépôt de garantie", "مبلغ الضمان", "Deposit"),
        (
            "Dépôt de garantie, hors du champ de la TVA",
            "مبلغ الضمان، خارج نطاق الضريبة على القيمة المضافة",
            "Deposit, outside the scope of VAT",
        ),
    ),
    (
        "HORS", "E", "0",
        ("Hors du champ de la TVA", "خارج نطاق الضريبة", "Outside the scope of VAT"),
        ("Hors du champ de la TVA", "خارج نطاق الضريبة على القيمة المضافة", "Outside the scope of VAT"),
    ),
]  # fmt: skip
USUAL = {"deposit": "DEPOT", "penalty": "HORS"}
NATURES = ("rent", "service", "domiciliation", "booking", "event", "repair", "penalty", "deposit", "other")


def seed(apps, schema_editor):
    code_model, rate_model = apps.get_model("billing", "VatCode"), apps.get_model("billing", "VatRate")
    for code, category, rate, names, reasons in CODES:
        made = code_model.objects.create(
            code=code,
            category=category,
            name=names[0],
            name_ar=names[1],
            name_en=names[2],
            reason=reasons[0],
            reason_ar=reasons[1],
            reason_en=reasons[2],
        )
        rate_model.objects.create(code=made, rate=Decimal(rate), period=DateRange(SINCE, None))
    codes = {one.code: one for one in code_model.objects.all()}
    usual = apps.get_model("billing", "NatureTax")
    for nature in NATURES:
        usual.objects.create(nature=nature, code=codes[USUAL.get(nature, "TVA20")])


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
