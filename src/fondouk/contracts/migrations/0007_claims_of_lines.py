"""The contracts there are take their place on the calendar of occupation, as `contracts.actions.occupy` does it since.

Written out here: a migration works with the tables as they were then. Where two contracts hold one part at once, which no
import lets through, the one that began first keeps it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import migrations, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.utils import IntegrityError

from fondouk.lib.zones import local_range, zones_version

DAY = timedelta(days=1)


def give_claims(apps: Any, schema_editor: Any) -> None:
    Line, Termination = (apps.get_model("contracts", name) for name in ("ContractLine", "ContractTermination"))
    Claim, ResourcePart = (apps.get_model("spaces", name) for name in ("Claim", "ResourcePart"))
    ended = dict(Termination.objects.values_list("contract", "on"))
    parts: dict[int, list[int]] = {}
    for resource, part in ResourcePart.objects.values_list("resource", "part"):
        parts.setdefault(resource, []).append(part)
    alone: list[Any] = []
    shared: dict[int, list[Any]] = {}
    taken: dict[int, list[Any]] = {}
    for line in Line.objects.select_related("contract", "resource__site").order_by("period", "pk"):
        start, end = line.period.lower, line.period.upper
        if line.contract_id in ended:
            end = min(filter(None, (end, ended[line.contract_id] + DAY)))
        if end is not None and end <= start:
            continue
        zone = line.resource.site.zone
        during = DateTimeTZRange(
            local_range(start, zone)[0], local_range(end, zone)[0] if end else None, "[)"
        )
        for part in parts.get(line.resource_id, []):
            if line.occupancy == "exclusive":
                taken.setdefault(part, []).append(during)
                alone.append(
                    Claim(
                        part_id=part, during=during, kind="contract", owner=line.pk, resource_id=line.resource_id,
                        company_id=line.contract.company_id, zones=zones_version(),
                    )
                )  # fmt: skip
            else:
                shared.setdefault(part, []).append((during, line.resource_id))
    _write(Claim, alone)
    _write(
        Claim,
        [
            Claim(
                part_id=part, during=during, kind="contract_shared", owner=part, resource_id=resource,
                zones=zones_version(),
            )
            for part, spans in shared.items()
            for during, resource in _together(spans, taken.get(part, []))
        ],
    )  # fmt: skip


def _write(Claim: Any, claims: list[Any]) -> None:
    try:
        with transaction.atomic():
            Claim.objects.bulk_create(claims, batch_size=2000)
    except IntegrityError:
        for claim in claims:
            try:
                with transaction.atomic():
                    claim.pk = None
                    claim.save(force_insert=True)
            except IntegrityError:
                continue


def _together(spans: list[Any], taken: list[Any]) -> list[Any]:
    """As long as anybody shares the part, less the time that somebody holds it alone."""
    found: list[list[Any]] = []
    for during, resource in sorted(spans, key=lambda span: span[0].lower):
        last = found[-1] if found else None
        if last and (last[1] is None or during.lower <= last[1]):
            last[1] = max(last[1], during.upper) if last[1] and during.upper else None
        else:
            found.append([during.lower, during.upper, resource])
    for other in taken:
        left: list[list[Any]] = []
        for start, end, resource in found:
            if (other.upper and other.upper <= start) or (end and end <= other.lower):
                left.append([start, end, resource])
                continue
            if start < other.lower:
                left.append([start, other.lower, resource])
            if other.upper and (end is None or other.upper < end):
                left.append([other.upper, end, resource])
        found = left
    return [(DateTimeTZRange(start, end, "[)"), resource) for start, end, resource in found]


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0006_contracts_by_their_end"),
        ("spaces", "0004_claims"),
    ]

    operations = [migrations.RunPython(give_claims, migrations.RunPython.noop)]
