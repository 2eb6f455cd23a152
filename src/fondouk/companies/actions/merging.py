"""Two records that are one company: merged, and told apart again if that was wrong.

Whatever belongs to the absorbed record moves to the kept one. Where the kept one already says something else for the
same time (a legal identity, a sector, a stay on the same site, a figure of the same year), the absorbed record keeps
its own: nothing is thrown away, and undoing moves back exactly what was moved. What the legal identity that stands
lacks, an ICE above all, is taken from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from fondouk.audit.actions import record
from fondouk.companies import verbs
from fondouk.companies.models import Company, CompanyMerge, Figure, LegalIdentity
from fondouk.lib.saving import refuse
from fondouk.people.models import Person

FILLED = ("name_ar", "activity", "email", "phone", "website")
COMPLETED = ("legal_form", "ice", "rc", "rc_court", "if_number", "cnss", "tp")


class CannotSeparate(Exception):
    """The merge was undone already, or what was moved has changed so that it cannot go back."""


@transaction.atomic
def merge_companies(kept: Company, absorbed: Company, *, by: Person | None) -> CompanyMerge:
    """Raises `ValidationError` for a company and itself, and for one that has been merged in the meantime."""
    merge = CompanyMerge(kept=kept, absorbed=absorbed, by=by)
    refuse(merge)
    kept, absorbed = merge.kept, merge.absorbed = _locked(kept, absorbed)
    if kept.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(_("One of these two has just been merged with another company."))
    filled = [field for field in FILLED if getattr(absorbed, field) and not getattr(kept, field)]
    for field in filled:
        setattr(kept, field, getattr(absorbed, field))
    if filled:
        kept.save(update_fields=filled)
    with _checked_at_once():
        moved = {_label(relation): _move(relation, absorbed, kept) for relation in _relations()}
        completed = _complete(kept, absorbed)
    merge.moved = {
        "rows": {label: ids for label, ids in moved.items() if ids},
        "filled": filled,
        "completed": completed,
    }
    merge.save()
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    record(verbs.COMPANIES_MERGED, kept, absorbed, by=by, absorbed=absorbed.name)
    return merge


@transaction.atomic
def undo_merge(merge: CompanyMerge, *, by: Person | None) -> None:
    """Raises `CannotSeparate`, and nothing has moved."""
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    merge = CompanyMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None or kept.merged_into_id is not None:
        raise CannotSeparate
    try:
        with transaction.atomic(), _checked_at_once():
            for label, ids in merge.moved.get("rows", {}).items():
                _move_back(label, ids, absorbed, kept)
            _take_back(merge.moved.get("completed", []))
            filled = [
                field
                for field in merge.moved.get("filled", [])
                if getattr(kept, field) == getattr(absorbed, field)
            ]
            for field in filled:
                setattr(kept, field, "")
            kept.save(update_fields=filled)
            absorbed.merged_into = None
            absorbed.save(update_fields=["merged_into"])
    except IntegrityError as error:
        raise CannotSeparate from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    record(verbs.MERGE_UNDONE, kept, absorbed, by=by, absorbed=absorbed.name)


def _locked(*companies: Company) -> list[Company]:
    """As they are now, locked in the same order whoever asks: A into B and B into A wait for each other."""
    rows = (
        Company.objects.select_for_update()
        .filter(pk__in=[company.pk for company in companies])
        .order_by("pk")
    )
    found = {company.pk: company for company in rows}
    return [found[company.pk] for company in companies]


@contextmanager
def _checked_at_once() -> Iterator[None]:
    """Constraints that wait for the end of the transaction speak at each row, while it can still stay behind."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _relations() -> list[Any]:
    """Every foreign key to a company, of whatever app: one added later needs nothing here. Histories stay."""
    return [
        relation
        for relation in Company._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and relation.related_model not in (Company, CompanyMerge)
        and not issubclass(relation.related_model, Event)  # type: ignore[arg-type]
    ]


def _label(relation: Any) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _move(relation: Any, absorbed: Company, kept: Company) -> list[Any]:
    """Each row on its own savepoint, a figure with its corrections: what the kept company cannot take stays behind."""
    model: type[models.Model] = relation.related_model
    field = relation.field.name
    units: dict[Any, list[Any]] = {}
    for row in model._base_manager.filter(**{field: absorbed}).order_by("pk"):
        unit = (row.indicator, row.period) if isinstance(row, Figure) else row.pk
        units.setdefault(unit, []).append(row.pk)
    moved = []
    for rows in units.values():
        with suppress(IntegrityError), transaction.atomic():
            for pk in rows:
                model._base_manager.filter(pk=pk).update(**{field: kept})
            moved += rows
    return moved


def _move_back(label: str, ids: list[Any], absorbed: Company, kept: Company) -> None:
    """In the order in which they came, for a correction follows what it corrects. What was removed stays removed."""
    name, field = label.rsplit(".", 1)
    model = apps.get_model(name)
    rows = model._base_manager.filter(pk__in=ids)
    if rows.exclude(**{field: kept}).exists():
        raise CannotSeparate
    if model is Figure and Figure.objects.filter(supersedes__in=ids).exclude(pk__in=ids).exists():
        raise CannotSeparate
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        model._base_manager.filter(pk=pk).update(**{field: absorbed})


def _complete(kept: Company, absorbed: Company) -> list[dict[str, Any]]:
    """What identities of the kept company lack, from those that stayed behind. An ICE changes hands: it is of one."""
    completed = []
    for stayed in LegalIdentity.objects.filter(company=absorbed).order_by("pk"):
        standing = (
            LegalIdentity.objects.filter(company=kept, period__overlap=stayed.period)
            .order_by("period")
            .last()
        )
        if standing is None:
            continue
        values = {
            field: getattr(stayed, field)
            for field in COMPLETED
            if getattr(stayed, field) and not getattr(standing, field)
        }
        if not values:
            continue
        if "ice" in values:
            LegalIdentity.objects.filter(pk=stayed.pk).update(ice="")
        try:
            with transaction.atomic():
                LegalIdentity.objects.filter(pk=standing.pk).update(**values)
        except IntegrityError:
            LegalIdentity.objects.filter(pk=stayed.pk).update(ice=stayed.ice)
            continue
        completed.append({"to": standing.pk, "from": stayed.pk, "values": values})
    return completed


def _take_back(completed: list[dict[str, Any]]) -> None:
    for taken in completed:
        standing = LegalIdentity.objects.filter(pk=taken["to"]).first()
        unchanged = {
            field: ""
            for field, value in taken["values"].items()
            if standing is not None and getattr(standing, field) == value
        }
        if unchanged:
            LegalIdentity.objects.filter(pk=taken["to"]).update(**unchanged)
        if "ice" in taken["values"]:
            LegalIdentity.objects.filter(pk=taken["from"]).update(ice=taken["values"]["ice"])
