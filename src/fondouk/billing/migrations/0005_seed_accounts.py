"""Accounts of the Moroccan chart, as a park may use them: the accountant changes them."""

from django.db import migrations

ACCOUNTS = [
    ("customers", "3421", "Clients"),
    ("vat", "4455", "État, TVA facturée"),
    ("deposits", "1486", "Dépôts et cautionnements reçus"),
    ("stamp", "4458", "État, autres comptes créditeurs"),
    ("waiting", "4497", "Comptes transitoires ou d’attente créditeurs"),
    ("bank", "5141", "Banques"),
    ("cash", "5161", "Caisses"),
    ("cheques", "5111", "Chèques à encaisser ou à l’encaissement"),
    ("cards", "5141", "Banques"),
    ("withheld", "3453", "Acomptes sur impôts sur les résultats"),
    ("rent", "7127", "Ventes et produits accessoires"),
    ("service", "7124", "Ventes de services produits au Maroc"),
    ("domiciliation", "7124", "Ventes de services produits au Maroc"),
    ("booking", "7127", "Ventes et produits accessoires"),
    ("event", "7124", "Ventes de services produits au Maroc"),
    ("repair", "7127", "Ventes et produits accessoires"),
    ("penalty", "7381", "Intérêts et produits assimilés"),
    ("other", "7127", "Ventes et produits accessoires"),
]


def seed(apps, schema_editor):
    model = apps.get_model("billing", "Account")
    for role, code, name in ACCOUNTS:
        model.objects.create(role=role, code=code, name=name)


class Migration(migrations.Migration):
    dependencies = [("billing", "0004_accounts_and_closings")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
