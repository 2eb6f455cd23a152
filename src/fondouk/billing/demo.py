"""How the invented operator bills: since some months, with identifiers that nobody has."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from fondouk.audit.demo import told_at
from fondouk.billing.actions import save_profile
from fondouk.billing.models import Profile
from fondouk.lib.demonstration import Scene, working_moment
from fondouk.lib.identifiers import rib_key
from fondouk.lib.periods import add_months
from fondouk.people.models import Person
from fondouk.sites.demo import CAST
from fondouk.sites.models import Operator

MONTHS = 6
"""That were billed here, the present one included."""
HEAD = 9_990_000_000_001
"""Of the operator's ICE: its check digits make it valid, and no register has it."""
ACCOUNT = "9999990000000000000042"


def load(scene: Scene) -> None:
    begins = add_months(scene.today.replace(day=1), 1 - MONTHS)
    by = Person.objects.get(name=CAST[0].name, account__isnull=False)
    with told_at(working_moment(begins - timedelta(days=14), scene.chance("how operators bill"))):
        for operator in Operator.objects.all():
            number = HEAD * 100
            operator.ice = f"{number + (-number) % 97:015d}"
            operator.rc, operator.if_number, operator.tp, operator.cnss = (
                "999001",
                "99900042",
                "99900017",
                "9990003",
            )
            operator.save()
            save_profile(
                Profile(
                    operator=operator, begins_on=begins, capital=Decimal(10_000_000), city="Casablanca",
                    bank="Banque fictive", rib=ACCOUNT + rib_key(ACCOUNT), terms_days=30,
                    email="facturation@demonstration.example",
                ),
                by=by,
            )  # fmt: skip
