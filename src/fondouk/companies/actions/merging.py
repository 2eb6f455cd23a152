"""Two records that are one company: merged, and told apart again if that was wrong.

Whatever belongs to the absorbed record moves to the kept one. Where the kept one already says something else for the same
time (a legal identity, a sector, a stay on the same site, a figure of the same year), the absorbed record keeps its
own: nothing is thrown away, and undoing moves back exactly what was moved.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, CompanyMerge
from fondouk.people.models import Person


class CannotSeparate(Exception):
    """The merge was undone already, or what was moved has changed so that it cannot go back."""


@transaction.atomic
def merge_companies(kept: Company, absorbed: Company, *, by: Person | None) -> CompanyMerge:
    locked = {
        company.pk: company
        for company in Company.objects.select_for_update()
        .filter(pk__in=[kept.pk, absorbed.pk])
        .order_by("pk")
    }
    kept, absorbed = locked[kept.pk], locked[absorbed.pk]
    merge = CompanyMerge(kept=kept, absorbed=absorbed, by=by)
    merge.full_clean(exclude=["by", "moved"])
    filled = [
        field
        for field in ("name_ar", "activity", "email", "phone", "website")
        if getattr(absorbed, field) and not getattr(kept, field)
    ]
    for field in filled:
        setattr(kept, field, getattr(absorbed, field))
    if filled:
        kept.save(update_fields=filled)
    moved = {
        label: ids
        for label, ids in ((_label(rel), _move(rel, absorbed, kept)) for rel in _relations())
        if ids
    }
    merge.moved = {"rows": moved, "filled": filled}
    merge.save()
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    record(verbs.COMPANIES_MERGED, kept, absorbed, by=by, absorbed=absorbed.name)
    return merge


@transaction.atomic
def undo_merge(merge: CompanyMerge, *, by: Person | None) -> None:
    merge = CompanyMerge.objects.select_for_update().select_related("kept", "absorbed").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise CannotSeparate
    kept, absorbed = merge.kept, merge.absorbed
    try:
        with transaction.atomic():
            for label, ids in merge.moved.get("rows", {}).items():
                name, field = label.rsplit(".", 1)
                apps.get_model(name)._base_manager.filter(pk__in=ids, **{field: kept}).update(
                    **{field: absorbed}
                )
            for field in merge.moved.get("filled", []):
                if getattr(kept, field) == getattr(absorbed, field):
                    setattr(kept, field, "")
            kept.save()
            absorbed.merged_into = None
            absorbed.save(update_fields=["merged_into"])
    except IntegrityError as error:
        raise CannotSeparate from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    record(verbs.MERGE_UNDONE, kept, absorbed, by=by, absorbed=absorbed.name)


def _relations() -> list[Any]:
    """Every foreign key to a company, of whatever app: an app added later needs nothing here."""
    left_out = {Company, CompanyMerge}
    return [
        relation
        for relation in Company._meta.related_objects
        if relation.related_model not in left_out and not relation.related_model.__name__.endswith("Event")
    ]


def _label(relation: Any) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _move(relation: Any, absorbed: Company, kept: Company) -> list[Any]:
    """One row at a time, each on its own savepoint: a row that the kept company cannot take stays behind."""
    model: type[models.Model] = relation.related_model
    field = relation.field.name
    moved = []
    for row in model._base_manager.filter(**{field: absorbed}).order_by("pk"):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field: kept})
                moved.append(row.pk)
        except IntegrityError:
            continue
    return moved
