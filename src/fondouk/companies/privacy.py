"""What companies keeps about a person, and how it is forgotten."""

from __future__ import annotations

from typing import Any

from fondouk.people.models import Person
from fondouk.people.privacy import Keeper


def collect(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "company": membership.company.name,
            "role": membership.role,
            "title": membership.title,
            "from": membership.period.lower and membership.period.lower.isoformat(),
            "to": membership.period.upper and membership.period.upper.isoformat(),
        }
        for membership in person.memberships.select_related("company")
    ]


KEEPER = Keeper("companies", collect)
"""Memberships stay: without a name they say only how many people a company had."""
