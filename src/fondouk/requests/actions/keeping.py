"""The categories of requests."""

from __future__ import annotations

from django.db import transaction

from fondouk.audit.actions import record
from fondouk.lib.saving import save
from fondouk.people.models import Person
from fondouk.requests import verbs
from fondouk.requests.models import Category


@transaction.atomic
def save_category(category: Category, *, by: Person) -> Category:
    """Raises `ValidationError` beside its field. What was promised before stays promised."""
    save(category)
    record(verbs.CATEGORY_SAVED, category, by=by, name=category.name_fr)
    return category
