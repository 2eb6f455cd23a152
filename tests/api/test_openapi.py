"""The OpenAPI document, and the page made of it."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json()


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if "$ref" in part else []
        return own + [ref for value in part.values() for ref in references(value)]
    return [ref for value in part for ref in references(value)] if isinstance(part, list) else []


def test_it_is_an_openapi_document(document):
    assert document["openapi"].startswith("3.1")
    assert set(document) >= {"openapi", "info", "paths", "components"}
    assert document["info"]["title"] and document["info"]["version"]


def test_every_reference_leads_somewhere(document):
    found = references(document)
    assert found
    for reference in found:
        part = document
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_every_operation_is_named_once_summed_up_and_needs_a_token(document):
    operations = [said for methods in document["paths"].values() for said in methods.values()]
    names = [said["operationId"] for said in operations]
    assert len(names) == len(set(names)) > 8
    for said in operations:
        assert said["summary"]
        assert said["security"] == [{"TokenAuth": []}]
        assert "200" in said["responses"]
    assert document["components"]["securitySchemes"]["TokenAuth"] == {"type": "http", "scheme": "bearer"}


def test_every_part_of_an_address_is_a_parameter(document):
    for path, methods in document["paths"].items():
        expected = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        for said in methods.values():
            given = {row["name"] for row in said.get("parameters", []) if row["in"] == "path"}
            assert given == expected


def test_the_page_shows_every_address_and_loads_nothing_from_elsewhere(client, document):
    answer = client.get("/api/v1/docs")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<c-" not in shown
    for path in document["paths"]:
        assert path in shown
    assert 'src="http' not in shown and 'href="http' not in shown
    assert "<script>" not in shown and "style=" not in shown


def test_refusals_are_documented(document):
    booking = document["paths"]["/api/v1/bookings/{pk}"]
    assert {"200", "401", "403", "404", "409", "412", "422"} <= set(booking["patch"]["responses"])
    assert "409" in document["paths"]["/api/v1/bookings"]["post"]["responses"]
    assert "409" not in document["paths"]["/api/v1/companies"]["get"]["responses"]
    shown = booking["delete"]["responses"]["409"]["content"]["application/problem+json"]["schema"]
    assert shown == {"$ref": "#/components/schemas/Problem"}
